package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ProblemKindTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| ([0-9]{3}) \\|.*", Pattern.MULTILINE);

    @Test
    void isDocumentedWithItsStatus() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/errors.md"));

        List<String> documented = ROW.matcher(page).results().map(row -> row.group(1) + " " + row.group(2)).toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(ProblemKind.values()).map(kind -> kind.code() + " " + kind.status()).toList());
    }

    @Test
    void hasAStableTypeEndingInItsCode() {
        assertThat(ProblemKind.VERSION_MISMATCH.code()).isEqualTo("version-mismatch");
        assertThat(ProblemKind.VERSION_MISMATCH.type()).hasToString("https://roster.dev/problems/version-mismatch");
    }

    @Test
    void isLoudOnlyWhenTheServerIsToBlame() {
        assertThat(ProblemKind.values()).allSatisfy(kind -> assertThat(kind.level() == Level.ERROR)
                .isEqualTo(kind == ProblemKind.INTERNAL_ERROR));
    }
}
