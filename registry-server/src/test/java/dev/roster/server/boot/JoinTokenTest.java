package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinTokenTest {
    private static final String PREFIX = "roster-join-1.";

    @Test
    void readsWhatItWrites() {
        JoinToken token = JoinToken.random(new SecureRandom());

        assertThat(token.text()).matches("roster-join-1\\.[A-Za-z0-9_-]{48}");
        assertThat(JoinToken.valueOf(token.text()).secret()).isEqualTo(token.secret()).hasSize(32);
    }

    @Test
    void isAnotherOneEachTime() {
        SecureRandom random = new SecureRandom();

        assertThat(IntStream.range(0, 100).mapToObj(_ -> JoinToken.random(random).text())).doesNotHaveDuplicates();
    }

    @Test
    void noticesEveryWrongCharacter() {
        String text = JoinToken.random(new SecureRandom()).text();

        for (int at = PREFIX.length(); at < text.length(); at++) {
            String wrong = text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
            assertThatIllegalArgumentException().isThrownBy(() -> JoinToken.valueOf(wrong))
                    .withMessageContaining("checksum");
        }
    }

    @Test
    void noticesCharactersThatAreSwappedOrMissing() {
        String text = JoinToken.random(new SecureRandom()).text();
        String swapped = PREFIX + text.substring(PREFIX.length() + 24)
                + text.substring(PREFIX.length(), PREFIX.length() + 24);

        assertThatIllegalArgumentException().isThrownBy(() -> JoinToken.valueOf(swapped))
                .withMessageContaining("checksum");
        assertThatIllegalArgumentException().isThrownBy(() -> JoinToken.valueOf(text.substring(0, text.length() - 1)))
                .withMessage("is 61 characters long, not 62: part of it is missing, or there is too much");
        assertThatIllegalArgumentException().isThrownBy(() -> JoinToken.valueOf(text + "A"))
                .withMessageContaining("is 63 characters long");
    }

    @ParameterizedTest
    @CsvSource({"'',is empty", "hunter2hunter2,does not begin with roster-join-1.",
            "roster-join-2.AAAA,is of a form that this version does not know",
            "roster-join-1.AAA+AAA,'has, as character 18, one that is no letter'",
            "roster-join-1.,is 14 characters long"})
    void saysWhatIsWrongWithoutShowingIt(String text, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> JoinToken.valueOf(text)).withMessageContaining(problem)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "AAA"));
    }

    @Test
    void isNotShown() {
        JoinToken token = JoinToken.random(new SecureRandom());

        assertThat(token).hasToString("JoinToken[***]");
        assertThat(new Secret(token.text())).hasToString("***");
    }
}
