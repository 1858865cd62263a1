package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTokenFileTest {
    private final JoinToken token = JoinToken.random(new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void holdsOneTokenForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("new/folder/join-token");

        JoinTokenFile.write(file, token);

        assertThat(JoinTokenFile.read(file).text()).isEqualTo(token.text());
        assertThat(file).hasContent(token.text() + "\n");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void isNeverReplaced() throws IOException {
        Path file = file(token.text());

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> JoinTokenFile.write(file, JoinToken.random(new SecureRandom())));

        assertThat(file).hasContent(token.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "r--------", "r--r-----"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions to set and to check")
    void mayBeReadByTheGroup(String permissions) throws IOException {
        Path file = withPermissions(permissions);

        assertThat(JoinTokenFile.read(file).text()).isEqualTo(token.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rw-----w-"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions to set and to check")
    void isRefusedWhenOthersMayReadOrChangeIt(String permissions) throws IOException {
        Path file = withPermissions(permissions);

        assertRefused(file, "can be read or changed by other users", "chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "roster-join-1.AAAA", "ein Hörfehler", "roster-join-1.\u0000"})
    void isRefusedWhenItHoldsNoToken(String content) throws IOException {
        assertRefused(file(content), "The join token in " + folder, "bin/roster join-token");
    }

    @Test
    void isRefusedWhenItIsDamaged() throws IOException {
        String text = token.text();

        assertRefused(file(text.substring(0, 40)), "is 40 characters long", "another member");
        assertRefused(file(text + "\n" + text), "no letter, digit", "another member");
        assertRefused(file("x".repeat(100_000)), "does not begin with", "another member");
    }

    @Test
    void isRefusedWhenItIsNotThere() {
        assertRefused(folder.resolve("none"), "There is no file " + folder.resolve("none"), "bin/roster join-token");
        assertRefused(folder, "There is no file", "bin/roster join-token");
    }

    private void assertRefused(Path file, String reason, String action) {
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> JoinTokenFile.read(file))
                .withMessageContaining(reason).withMessageContaining("roster.cluster.join-token-file")
                .satisfies(e -> assertThat(e.getMessage() + e.action()).contains(action)
                        .doesNotContain(token.text().substring(14, 30)));
    }

    private Path file(String content) throws IOException {
        Path file = folder.resolve("file-" + content.hashCode());
        JoinTokenFile.write(file, token);
        return Files.writeString(file, content);
    }

    private Path withPermissions(String permissions) throws IOException {
        Path file = file(token.text());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }
}
