package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    @Test
    void refusesADocumentThatItsFormatDoesNotAllow() {
        assertThatThrownBy(() -> new Publication(DocumentFormat.YAML, "a: 1\n b: 2\n", null))
                .isInstanceOfSatisfying(InvalidDocumentException.class, e -> {
                    assertThat(e.format()).isEqualTo(DocumentFormat.YAML);
                    assertThat(e.flaw().line()).isEqualTo(2);
                    assertThat(e.line()).isEqualTo(" b: 2");
                });
    }

    @Test
    void boundsTheBytesOfADocument() {
        String largest = "x".repeat(Publication.MAX_CONTENT_BYTES);
        String wide = "ä".repeat(Publication.MAX_CONTENT_BYTES / 2);

        assertThat(new Publication(DocumentFormat.TEXT, largest, null).content()).isEqualTo(largest);
        assertThat(new Publication(DocumentFormat.TEXT, wide, null).content()).isEqualTo(wide);
        assertTooLarge(largest + "x");
        assertTooLarge(wide + "ä");
    }

    @Test
    void boundsTheComment() {
        assertThat(new Publication(DocumentFormat.TEXT, "", "x".repeat(500)).comment()).hasSize(500);
        for (String comment : new String[]{"x".repeat(501), "\uD800"}) {
            assertThatThrownBy(() -> new Publication(DocumentFormat.TEXT, "", comment))
                    .isInstanceOfSatisfying(InvalidArgumentException.class,
                            e -> assertThat(e.field()).isEqualTo("comment"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a/b", "a b", "ä", ".a", "a.", "a\n", "a:b"})
    void refusesNamesOfAnyOtherForm(String name) {
        assertThatThrownBy(() -> new ItemName(name)).isInstanceOfSatisfying(InvalidArgumentException.class, e -> {
            assertThat(e.field()).isEqualTo("item");
            assertThat(e.value()).isEqualTo(name);
        });
    }

    @Test
    void boundsTheLengthOfNames() {
        assertThat(new ItemName("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new ItemName("a".repeat(129))).isInstanceOf(InvalidArgumentException.class);
    }

    private static void assertTooLarge(String content) {
        assertThatThrownBy(() -> new Publication(DocumentFormat.TEXT, content, null))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> {
                    assertThat(e.field()).isEqualTo("content");
                    assertThat(e.expected()).contains("1048576");
                });
    }
}
