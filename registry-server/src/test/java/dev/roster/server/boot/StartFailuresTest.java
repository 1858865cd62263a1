package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.ServerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server that cannot start says what is wrong and what to do, without a stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresTest extends ServerTest {

    @TempDir
    private Path directory;

    @Test
    void saysThatThePortIsTaken(CapturedOutput output) {
        start("--server.port=" + port(), "--roster.data-dir=" + directory);

        assertThat(output).contains("Port " + port() + " was already in use").doesNotContain("\tat ");
    }

    @Test
    void saysThatTheDataDirectoryIsTaken(CapturedOutput output) {
        start("--server.port=0", "--roster.data-dir=" + dataDirectory());

        assertThat(output).contains("Another Roster server uses the data directory", "roster.data-dir")
                .doesNotContain("\tat ");
    }

    @Test
    void saysThatTheDataDirectoryIsAFile(CapturedOutput output) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        start("--server.port=0", "--roster.data-dir=" + file);

        assertThat(output).contains("cannot be used", "roster.data-dir").doesNotContain("\tat ");
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine(CapturedOutput output) {
        start("--server.address=192.0.2.1", "--server.port=0", "--roster.data-dir=" + directory);

        assertThat(output).contains("cannot listen on 192.0.2.1", "Set server.address").doesNotContain("\tat ");
    }

    @Test
    void saysWhichPropertyIsNotValid(CapturedOutput output) {
        start("--server.port=0", "--roster.data-dir=" + directory, "--roster.cluster.port=70000");

        assertThat(output).contains("roster.cluster.port", "70000", "65535").doesNotContain("\tat ");
    }

    @Test
    void saysWhichMemberIsNotValid(CapturedOutput output) {
        start("--server.port=0", "--roster.data-dir=" + directory, "--roster.cluster.members=10.0.0.1:7401");

        assertThat(output).contains("roster.cluster.members", "expected name=host:port").doesNotContain("\tat ");
    }

    @Test
    void saysThatTheJoinTokenIsMistypedWithoutShowingIt(CapturedOutput output) {
        start("--server.port=0", "--roster.data-dir=" + directory, "--roster.cluster.member=a",
                "--roster.cluster.members=a=127.0.0.1:1,b=127.0.0.1:2",
                "--roster.cluster.join-token=roster-join-1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8f3110");

        assertThat(output).contains("The join token in roster.cluster.join-token does not fit its checksum",
                "bin/roster join-token").doesNotContain("AAECAwQFBgcI", "\tat ");
    }

    private static void start(String... arguments) {
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> RosterServer.main(arguments));
    }
}
