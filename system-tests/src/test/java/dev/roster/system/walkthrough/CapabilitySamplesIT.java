package dev.roster.system.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.system.Tools;
import dev.roster.test.RosterServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of {@code config-samples/capabilities}, each run to its end against one server, and what they print. */
class CapabilitySamplesIT {

    @RegisterExtension
    static final RosterServerExtension roster = new RosterServerExtension();

    private static final Path SCRIPTS = Path.of("..", "config-samples", "capabilities").toAbsolutePath().normalize();

    /** Read by the others. */
    private static final String SHARED = "common.sh";

    private static final long LIMIT_SECONDS = 60;

    /** What each script prints, among other lines and in this order. */
    private static final Map<String, List<String>> PRINTED = Map.ofEntries(
            Map.entry("inheritance.sh", List.of("== orders without profiles",
                    "greeting=hello  from application, version 1, line 1",
                    "pool.size=10  from orders, version 1, line 2",
                    "timeout=5s  from application, version 1, line 2", "== orders in production",
                    "pool.size=50  from orders-production, version 1, line 2",
                    "timeout=2s  from application-production, version 1, line 1", "== what production changes",
                    "pool.size: 10 -> 50", "timeout: 5s -> 2s")),
            Map.entry("change-set.sh", List.of("\"code\":\"config-not-found\"", "\"line\":2,\"column\":1",
                    "\"code\":\"version-mismatch\"", "\"status\":\"published\"",
                    "orders and stock have the same revision")),
            Map.entry("review.sh", List.of("\"code\":\"review-required\"", "\"status\":\"in_review\"",
                    "by others than those who wrote it", "\"status\":\"approved\"", "\"status\":\"published\"",
                    "\"version\":1")),
            Map.entry("scheduled-publish.sh", List.of("\"status\":\"scheduled\"", "\"code\":\"config-not-found\"",
                    "\"publishedBy\":\"admin\"")),
            Map.entry("gray-release.sh",
                    List.of("\"status\":\"running\"", "orders-1 has version 2", "orders-2 has version 1",
                            "limit: 10 -> many", "orders-1: limit: no number: many", "orders-1 has version 1")),
            Map.entry("secrets.sh",
                    List.of("db.password={cipher}***", "db.password={cipher}rs1.", "\"code\":\"forbidden\"",
                            "db.password=hunter2", "\"value\":\"hunter2\"", "\"created\":1", "db.password={cipher}***",
                            "the secrets of item secrets/orders is needed", "another key encrypts",
                            "db.password=hunter2")),
            Map.entry("schema.sh",
                    List.of("\"line\":2,\"column\":1", "published limits, version 1", "perhaps server.port",
                            "\"line\":2,\"column\":3", "published orders, version 1")),
            Map.entry("import-export.sh",
                    List.of("PK", "\"created\":2", "\"code\":\"config-not-found\"", "\"created\":2",
                            "\"unchanged\":2", "\"code\":\"conflict\"", "\"changed\":1", "\"source\":\"consul\"")),
            Map.entry("rollback.sh", List.of("limit: 1000 -> 10", "\"version\":3", "\"code\":\"config-not-found\"",
                    "\"version\":5", "version 5: rolled_back", "version 4: deleted", "version 3: rolled_back",
                    "version 2: published", "version 1: published")),
            Map.entry("search.sh", List.of("== a text", "search-staging orders line 1", "search orders line 3",
                    "search stock line 1", "== a property", "search orders line 3", "search stock line 1",
                    "== what is said of items", "search stock line 1")),
            Map.entry("delivery.sh", List.of("status 304", "\"version\":2", "\"content\":\"limit: 20\\n\"",
                    "version 2: 2 have it, 1 run with it, 1 cannot", "at most 15")),
            Map.entry("audit.sh", List.of("\"code\":\"version-mismatch\"", "config.delete", "  version-mismatch",
                    "config.publish", "  done", "config.publish", "  done", "\"intact\":true")));

    @TempDir
    static Path directory;

    static Stream<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sh") && !name.equals(SHARED)).sorted().toList().stream();
        }
    }

    @Test
    void aScriptIsThereForEachCapability() throws IOException {
        assertThat(scripts()).containsExactlyInAnyOrderElementsOf(PRINTED.keySet());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void runsToItsEnd(String script) throws IOException, InterruptedException {
        Tools.require("curl");
        Path password = Files.writeString(directory.resolve("admin-password"), roster.adminPassword());
        Path output = directory.resolve(script + ".log");
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPTS.resolve(script).toString())
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("ROSTER_URL", roster.address().toString());
        builder.environment().put("ROSTER_PASSWORD_FILE", password.toString());
        builder.environment().remove("ROSTER_NAMESPACE");

        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        String printed = Files.readString(output);
        assertThat(ended).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed.lines()).containsSubsequence(PRINTED.get(script));
    }
}
