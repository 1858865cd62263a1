package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables in {@code docs/migrating/README.md} name tests that exist. */
class ComparisonTest {
    private static final Path PAGE = Path.of("..", "docs", "migrating", "README.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    @Test
    void namesTestsThatExist() throws IOException {
        List<MatchResult> named = NAMED.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named).hasSizeGreaterThan(30).allSatisfy(test -> {
            Class<?> type = Class.forName(getClass().getPackageName() + "." + test.group(1));
            if (test.group(2) != null) {
                assertThat(
                        Stream.of(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Test.class)))
                        .as(test.group()).anyMatch(method -> method.getName().equals(test.group(2)));
            }
        });
    }
}
