package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.ServerTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Configuration out of a real server and in, as the command does it. */
class ConfigCommandTest extends ServerTest {

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String namespace, String... words) {
        List<String> arguments = new ArrayList<>(List.of("config"));
        arguments.addAll(List.of(words));
        arguments.add("--url=http://127.0.0.1:" + port());
        arguments.add("--password-file=" + dataDirectory().resolve("admin-password"));
        arguments.add("--namespace=" + namespace);
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new OperatorCommand(stream, stream).run(arguments.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    @Test
    void bringsAGitTreeOf2000FilesInAndOut() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/.git")).getParent();
        Files.writeString(tree.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(tree.resolve("README.md"), "# Configuration\n");
        for (int i = 0; i < 1000; i++) {
            Path team = Files.createDirectories(tree.resolve("team-" + i % 25));
            Files.writeString(team.resolve("service-" + i + ".yml"), "# " + "x".repeat(800) + "\nport: " + i + "\n");
            Files.writeString(team.resolve("service-" + i + "-production.properties"), "port=" + i + "\n");
        }

        assertThat(run("command-1", "import", tree.toString())).as(said()).isZero();
        assertThat(said()).contains("imported from files into command-1: 2000 created, 0 changed")
                .contains("1 ignored");
        assertThat(run("command-1", "import", tree.toString())).isZero();
        assertThat(said()).contains("0 created, 0 changed, 2000 unchanged");
        JsonNode page = read(send(asAdmin("/api/v1/namespaces/command-1/configs?limit=1000")), JsonNode.class);
        assertThat(page.get("items")).hasSize(1000);

        Path out = folder.resolve("out");
        assertThat(run("command-1", "export", out.toString())).as(said()).isZero();
        assertThat(said()).contains("2001 files");
        assertThat(run("command-2", "import", out.toString())).as(said()).isZero();
        assertThat(said()).contains("imported from roster into command-2: 2000 created");
        Path again = folder.resolve("again");
        assertThat(run("command-2", "export", again.toString())).isZero();
        Map<String, String> first = files(out);
        Map<String, String> second = files(again);
        first.remove(".roster.yml");
        second.remove(".roster.yml");
        assertThat(second).isEqualTo(first).hasSize(2000);
    }

    @Test
    void saysWhatWouldBeDoneAndWhatIsWrong() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("good.yml"), "a: 1\n");
        Files.writeString(tree.resolve("bad.yml"), "a: 1\n b: 2\n");

        assertThat(run("command-3", "import", tree.toString(), "--preview=true")).isZero();
        assertThat(said()).contains("created    good.yml", "malformed  bad.yml:2",
                "preview from files into command-3: 1 created, 0 changed, 0 unchanged, 0 skipped, 0 conflicting, 1 malformed");
        assertThat(run("command-3", "import", tree.toString())).isEqualTo(1);
        assertThat(said()).contains("answered 400").contains("bad.yml");
        assertThat(run("command-3", "import", tree.toString(), "--skip-malformed=true")).isZero();
        assertThat(said()).contains("imported from files into command-3: 1 created");

        Path zip = folder.resolve("out.zip");
        assertThat(run("command-3", "export", zip.toString())).isZero();
        assertThat(run("command-4", "import", zip.toString(), "--comment=copied")).isZero();
        assertThat(said()).contains("imported from roster into command-4: 1 created");
        assertThat(run("command-4", "import", zip.toString(), "--conflict=maybe")).isEqualTo(1);
        assertThat(said()).contains("answered 400");
    }
}
