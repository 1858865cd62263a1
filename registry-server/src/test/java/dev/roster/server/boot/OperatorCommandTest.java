package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands of the jar say when they can't do it. What they do is tested with a real server. */
class OperatorCommandTest {

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String... args) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new OperatorCommand(stream, stream).run(args);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isToldFromSettingsOfTheServer() {
        assertThat(OperatorCommand.isNamedBy(new String[]{"backup", "x"})).isTrue();
        assertThat(OperatorCommand.isNamedBy(new String[]{"restore"})).isTrue();
        assertThat(OperatorCommand.isNamedBy(new String[]{"join-token"})).isTrue();
        assertThat(OperatorCommand.isNamedBy(new String[]{"--server.port=1"})).isFalse();
        assertThat(OperatorCommand.isNamedBy(new String[0])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "backup a b", "restore a --url=x", "backup a --loud", "restore", "config",
            "config export", "config move a", "config import a b", "config import a --loud"})
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(said()).startsWith("roster: " + line.split(" ")[0]).contains("its options are [--");
    }

    @Test
    void restoresNoFileThatIsNotThere() {
        assertThat(run("restore", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(said()).contains("There is no file");
    }

    @Test
    void replacesNoBackupUnlessTold() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "precious");

        assertThat(run("backup", file.toString())).isEqualTo(1);

        assertThat(said()).contains("is there already", "--overwrite=true");
        assertThat(file).hasContent("precious");
    }

    @Test
    void saysThatCredentialsOrAServerAreMissing() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");

        assertThat(run("backup", folder.resolve("b").toString(), "--password-file=" + folder.resolve("none")))
                .isEqualTo(1);
        assertThat(said()).contains("Give credentials of an admin");
        said.reset();
        assertThat(run("backup", folder.resolve("b").toString(), "--password-file=" + password,
                "--url=http://127.0.0.1:1")).isEqualTo(1);
        assertThat(said()).contains("No server answers at http://127.0.0.1:1");
        said.reset();
        assertThat(run("backup", folder.resolve("b").toString(), "--password-file=" + password, "--url=nowhere"))
                .isEqualTo(1);
        assertThat(said()).contains("--url=nowhere is no address");
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void makesAJoinTokenAndSaysWhatToDoWithIt() throws IOException {
        Path file = folder.resolve("token");

        assertThat(run("join-token", file.toString())).isZero();

        JoinToken token = JoinTokenFile.read(file);
        assertThat(said()).contains("--roster.cluster.join-token-file=" + file, ClusterAuthority.of(token).toString(),
                "readable by the server's user alone").doesNotContain(token.text());
    }

    @Test
    void replacesNoJoinToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "precious");

        assertThat(run("join-token", file.toString())).isEqualTo(1);

        assertThat(said()).contains("is there already", "was not changed");
        assertThat(file).hasContent("precious");
    }

    @Test
    void makesOneJoinTokenAtATime() {
        assertThat(run("join-token", folder.resolve("a").toString(), folder.resolve("b").toString())).isEqualTo(2);
        assertThat(run("join-token", "--roster.data-dir=x")).isEqualTo(2);

        assertThat(said()).contains("roster: join-token wants one file", "does not know '--roster.data-dir=x'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void exportsIntoNothingThatIsThere() throws IOException {
        Path zip = Files.writeString(folder.resolve("a.zip"), "precious");

        assertThat(run("config", "export", zip.toString())).isEqualTo(1);
        assertThat(run("config", "export", folder.toString())).isEqualTo(1);

        assertThat(said()).contains("a.zip is there already", folder + " is no empty folder", "--overwrite=true");
        assertThat(zip).hasContent("precious");
    }

    @Test
    void importsNoLinksAndNothingThatIsNotThere() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/team"));
        Files.createSymbolicLink(tree.resolve("orders.yml"), Path.of("/etc/hostname"));

        assertThat(run("config", "import", folder.resolve("tree").toString())).isEqualTo(1);
        assertThat(run("config", "import", folder.resolve("none").toString())).isEqualTo(1);

        assertThat(said()).contains("tree/team/orders.yml is a symbolic link", "There is no file or folder");
    }

    @Test
    void packsFoldersWithoutWhatIsHidden() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/.git/objects")).getParent().getParent();
        Files.writeString(tree.resolve(".git/objects/x"), "x");
        Files.createSymbolicLink(tree.resolve(".git/link"), Path.of("/etc/hostname"));
        Files.writeString(tree.resolve(".gitignore"), "x");
        Files.writeString(tree.resolve(".metadata.yml"), "metadata: []");
        Files.createDirectories(tree.resolve("b"));
        Files.writeString(tree.resolve("b/c.yml"), "a: 1");
        Files.writeString(tree.resolve("a.yml"), "a: 1");

        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(FolderArchive.pack(tree)))) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
            assertThat(names).containsExactly(".metadata.yml", "a.yml", "b/c.yml");
        }
    }
}
