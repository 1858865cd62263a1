package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameFormTest {
    private static final NameForm MIXED = NameForm.of("._-", 5);
    private static final NameForm LOWER = NameForm.ofLowerCase("-", 5);
    private static final long SEED = Long.getLong("roster.names.seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "a-b", "A._-9", "abcde"})
    void acceptsLettersDigitsAndWhatMayBeBetween(String name) {
        assertThat(MIXED.accepts(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-a", "a.", "abcdef", "a b", "a/b", "ä", "aéb", "a\u0000b", "١", "ａ", "a:b"})
    void refusesTheRest(String name) {
        assertThat(MIXED.accepts(name)).isFalse();
    }

    @Test
    void refusesUpperCaseWhereItIsTold() {
        assertThat(LOWER.accepts("a-b")).isTrue();
        assertThat(LOWER.accepts("A-b")).isFalse();
        assertThat(LOWER.accepts("aBc")).isFalse();
        assertThat(LOWER.accepts("a_b")).isFalse();
    }

    @Test
    void saysWhatAnExpressionSays() {
        System.out.println("roster.names.seed=" + SEED);
        Random random = new Random(SEED);
        Pattern expression = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,3}[A-Za-z0-9])?");
        String characters = "azAZ09._-:/ \u00e4@[`{";

        for (int i = 0; i < 100_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                name.append(characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(MIXED.accepts(name.toString())).as("'%s'", name).isEqualTo(expression.matcher(name).matches());
        }
    }
}
