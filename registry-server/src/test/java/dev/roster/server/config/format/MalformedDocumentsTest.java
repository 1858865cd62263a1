package dev.roster.server.config.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A corpus of malformed documents, each with the line that is to be named: ours in the files {@code malformed-*.txt}, those of
 * public test suites of parsers in {@code suite-*.txt} (the README.md beside them says which). In them a document begins behind a
 * line {@code === <line> <what is wrong>} and ends before the next such line, without its last end of line; {@code ⇥ ␍ ␀ ␇}
 * stand for the characters TAB, CR, NUL and BEL.
 */
class MalformedDocumentsTest {

    /** A document of the corpus. */
    record Malformed(DocumentFormat format, int line, String what, String content) {
        @Override
        public String toString() {
            return format + ": " + what;
        }
    }

    static Stream<Malformed> corpus() {
        return Stream.of(DocumentFormat.values()).filter(format -> format != DocumentFormat.TEXT)
                .flatMap(format -> Stream.of("malformed", "suite").flatMap(origin -> read(origin, format).stream()));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void refusesInTheRightLine(Malformed document) {
        DocumentFlaw flaw = document.format.check(document.content).orElseThrow();

        assertThat(flaw.line()).as(flaw.toString()).isEqualTo(document.line);
        long lines = document.content.lines().count();
        assertThat((long) flaw.line()).isLessThanOrEqualTo(Math.max(1, lines + 1));
        String line = document.content.lines().skip(flaw.line() - 1L).findFirst().orElse("");
        assertThat(flaw.column()).as(flaw.toString()).isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(flaw.problem()).isNotBlank().doesNotContain("java.lang", "java.io", "javax.", "tools.jackson",
                "org.yaml");
    }

    /** Behind good lines the same flaw is found, as many lines further down. */
    @ParameterizedTest
    @MethodSource("corpus")
    void refusesInTheRightLineBehindOthers(Malformed document) {
        String lead = "#\n".repeat(100);
        boolean hasComments = document.format != DocumentFormat.JSON && document.format != DocumentFormat.XML;
        boolean beginsAnywhere = !document.content.startsWith("%") && !document.content.startsWith("[");
        if (hasComments && beginsAnywhere) {
            DocumentFlaw flaw = document.format.check(lead + document.content).orElseThrow();

            assertThat(flaw.line()).as(flaw.toString()).isEqualTo(100 + document.line);
        }
    }

    @Test
    void hasMoreThanEightHundredDocumentsOverAllFormats() {
        Map<DocumentFormat, Integer> sizes = new TreeMap<>();
        corpus().forEach(document -> sizes.merge(document.format, 1, Integer::sum));

        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(800);
        assertThat(sizes).hasSize(DocumentFormat.values().length - 1);
    }

    private static List<Malformed> read(String origin, DocumentFormat format) {
        String name = origin + "-" + format.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream file = MalformedDocumentsTest.class.getResourceAsStream(name)) {
            if (file == null) {
                return List.of();
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            List<Malformed> documents = new ArrayList<>();
            for (String part : text.substring("=== ".length()).split("\n=== ", -1)) {
                String head = part.substring(0, part.indexOf('\n'));
                String content = part.substring(head.length() + 1).replace('⇥', '\t').replace('␍', '\r')
                        .replace('␀', '\u0000').replace('␇', '\u0007');
                int space = head.indexOf(' ');
                documents.add(new Malformed(format, Integer.parseInt(head.substring(0, space)),
                        head.substring(space + 1), content));
            }
            return documents;
        } catch (IOException e) {
            throw new AssertionError("cannot read " + name, e);
        }
    }
}
