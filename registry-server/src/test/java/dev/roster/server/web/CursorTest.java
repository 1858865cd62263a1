package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"orders", "", "a b", "größe", "x/y?z"})
    void readsWhatItWrote(String after) {
        Cursor cursor = new Cursor(1234567890123L, after);

        assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7x orders", " orders", "-7 orders", "+7 orders", "99999999999999999999 x"})
    void refusesAnythingElse(String plain) {
        refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesWhatIsNotBase64OrTooLong() {
        refuses("%%%");
        refuses(new Cursor(1, "x".repeat(2000)).encode());
    }

    private static void refuses(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.decode(text))
                .satisfies(e -> assertThat(e.report().violations().getFirst().field()).isEqualTo("cursor"));
    }
}
