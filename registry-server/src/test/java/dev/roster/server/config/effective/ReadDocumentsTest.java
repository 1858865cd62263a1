package dev.roster.server.config.effective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.security.NamespaceName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ReadDocumentsTest {
    private final ReadDocuments documents = new ReadDocuments(6);

    @Test
    void readsADocumentOnce() throws Exception {
        DocumentProperties read = documents.read(release("a", DocumentFormat.YAML, "x: 1\ny: 2\n"));

        assertThat(read.properties()).hasSize(2);
        assertThat(documents.read(release("b", DocumentFormat.YAML, "x: 1\ny: 2\n"))).isSameAs(read);
    }

    @Test
    void tellsContentsAndFormatsApart() throws Exception {
        DocumentProperties yaml = documents.read(release("a", DocumentFormat.YAML, "x: 1"));

        assertThat(documents.read(release("a", DocumentFormat.YAML, "x: 2")).properties().getFirst().value())
                .isEqualTo("2");
        assertThat(documents.read(release("a", DocumentFormat.PROPERTIES, "x: 1"))).isNotSameAs(yaml);
    }

    @Test
    void keepsThoseThatWereAskedForLast() throws Exception {
        Release first = release("a", DocumentFormat.YAML, "x: 1\ny: 2\n");
        Release second = release("a", DocumentFormat.YAML, "x: 2\ny: 2\n");
        DocumentProperties readFirst = documents.read(first);
        DocumentProperties readSecond = documents.read(second);
        assertThat(documents.read(first)).isSameAs(readFirst);

        documents.read(release("a", DocumentFormat.YAML, "x: 3"));

        assertThat(documents.read(first)).isSameAs(readFirst);
        assertThat(documents.read(second)).isNotSameAs(readSecond);
    }

    @Test
    void keepsNoneThatIsTooLarge() throws Exception {
        Release small = release("a", DocumentFormat.YAML, "x: 1");
        Release large = release("a", DocumentFormat.JSON, "{\"l\": [1, 2, 3, 4, 5, 6]}");
        DocumentProperties readSmall = documents.read(small);

        assertThat(documents.read(large)).isNotSameAs(documents.read(large));
        assertThat(documents.read(small)).isSameAs(readSmall);
    }

    @Test
    void keepsNoSecretsInTheClear() throws Exception {
        Release stored = release("a", DocumentFormat.YAML, "x: '{cipher}rs1.abc'");
        Release shown = new Release(stored.item(), stored.entry(), "x: 'hunter2'");

        DocumentProperties read = documents.read(shown);

        assertThat(read.properties().getFirst().value()).isEqualTo("hunter2");
        assertThat(documents.read(shown)).isNotSameAs(read);
        assertThat(documents.read(stored).properties().getFirst().value()).isEqualTo("{cipher}rs1.abc");
    }

    private static Release release(String name, DocumentFormat format, String content)
            throws NoSuchAlgorithmException {
        String hash = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        return new Release(new ItemKey(NamespaceName.DEFAULT, new ItemName(name)), new ReleaseEntry(1,
                ReleaseEntry.Action.PUBLISHED, format, hash, null, null, Instant.EPOCH, "ann", 1), content);
    }
}
