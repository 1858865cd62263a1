package dev.roster.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between documents, and to other files of the project. */
class DocumentLinksTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        var broken = new ArrayList<String>();
        for (var document : documents()) {
            var links = LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)).toList();
            for (var link : links) {
                var target = link.replaceFirst("#.*", "");
                if (!link.contains("://") && !target.isEmpty()
                        && Files.notExists(document.resolveSibling(target).normalize())) {
                    broken.add(PROJECT.relativize(document) + " -> " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void everyDocumentIsReachedFromTheIndex() throws IOException {
        var index = Files.readString(PROJECT.resolve("docs/README.md"));
        var architecture = Files.readString(PROJECT.resolve("docs/internals/architecture.md"));

        assertThat(documents()).map(document -> PROJECT.resolve("docs").relativize(document).toString())
                .filteredOn(path -> !path.startsWith("..") && !path.equals("README.md"))
                .allSatisfy(path -> assertThat(index + architecture).contains("(" + path.replace("internals/decisions",
                        "decisions") + ")"));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".md")).filter(file -> {
                var path = PROJECT.relativize(file).toString();
                return !path.contains("target/") && !path.contains("node_modules/") && !path.startsWith(".");
            }).sorted().toList();
        }
    }
}
