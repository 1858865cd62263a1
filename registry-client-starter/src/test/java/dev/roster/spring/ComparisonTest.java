package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables in {@code docs/migrating/README.md}: each row says that the starter has something, and names a test that exists. */
class ComparisonTest {
    private static final Path PROJECT = Path.of("..");
    private static final String MODULE = "registry-client-starter";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| .*[●◐○–].*\\|$");
    private static final Pattern SHOWN = Pattern.compile("\\| ● \\| (`[A-Z]\\w*(?:Test|IT)[.\\w]*`[^|]*)\\|$");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`(?: in `([a-z-]+)`)?");

    private static List<String> rows() throws IOException {
        return ROW.matcher(Files.readString(PROJECT.resolve("docs/migrating/README.md"))).results()
                .map(MatchResult::group).toList();
    }

    @Test
    void sayWhatRosterHasAndWhichTestShowsIt() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(50).allSatisfy(row -> assertThat(row).containsPattern(SHOWN));
    }

    @Test
    void nameTestsThatExist() throws IOException {
        List<MatchResult> named = rows().stream().flatMap(row -> NAMED.matcher(row).results()).toList();

        assertThat(named).hasSizeGreaterThan(60).allSatisfy(test -> {
            String source = source(Objects.requireNonNullElse(test.group(3), MODULE), test.group(1));
            if (test.group(2) != null) {
                assertThat(source).as(test.group())
                        .containsPattern("@(Test|ParameterizedTest)\\b[^;{}]*\\bvoid " + test.group(2) + "\\(");
            }
        });
    }

    private static String source(String module, String name) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
            List<Path> found = files.filter(file -> file.endsWith(name + ".java")).toList();
            assertThat(found).as(name + " in " + module).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}
