package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LastGoodSealTest {
    private static final byte[] PLAIN = "{\"password\":\"hunter2\"}".getBytes(StandardCharsets.UTF_8);

    private static LastGoodSeal seal(Credentials credentials) {
        return new LastGoodSeal(() -> credentials);
    }

    @Test
    void isReadWithTheSameCredentialsAlone() throws IOException {
        Credentials token = Credentials.token("rst_one");
        byte[] sealed = seal(token).seal(PLAIN);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2", "rst_one");
        assertThat(seal(token).open(sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> seal(Credentials.token("rst_two")).open(sealed)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> seal(Credentials.none()).open(sealed)).isInstanceOf(IOException.class);
        sealed[sealed.length - 1]++;
        assertThatThrownBy(() -> seal(token).open(sealed)).isInstanceOf(IOException.class);
    }

    @Test
    void worksWithPasswords() throws IOException {
        Credentials ann = Credentials.user("ann", "correct horse");

        LastGoodSeal written = seal(ann);
        byte[] first = written.seal(PLAIN);
        assertThat(written.seal(PLAIN)).isNotEqualTo(first);
        assertThat(seal(ann).open(first)).isEqualTo(PLAIN);
    }

    @Test
    void leavesWhatNobodyHasToHide() throws IOException {
        assertThat(seal(Credentials.none()).seal(PLAIN)).isEqualTo(PLAIN);
        assertThat(seal(Credentials.token("rst_one")).open(PLAIN)).as("of an earlier version").isEqualTo(PLAIN);
    }
}
