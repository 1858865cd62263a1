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
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/** The tables in {@code docs/migrating/README.md} name tests that exist. */
class ComparisonTest {
    private static final Path PAGE = Path.of("..", "docs", "migrating", "README.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    @Test
    void namesTestsThatExist() throws IOException {
        List<MatchResult> named = NAMED.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named).hasSizeGreaterThan(30).allSatisfy(test -> {
            Class<?> type = find(test.group(1));
            if (test.group(2) != null) {
                assertThat(
                        Stream.of(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Test.class)))
                        .as(test.group()).anyMatch(method -> method.getName().equals(test.group(2)));
            }
        });
    }

    private Class<?> find(String simpleName) throws IOException, ClassNotFoundException {
        String root = getClass().getPackageName().replace('.', '/');
        Resource[] found = new PathMatchingResourcePatternResolver()
                .getResources("classpath*:" + root + "/**/" + simpleName + ".class");
        assertThat(found).as(simpleName).hasSize(1);
        return Class.forName(
                new SimpleMetadataReaderFactory().getMetadataReader(found[0]).getClassMetadata().getClassName());
    }
}
