package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void isForTheOwnerOnly() throws IOException {
        Path root = temporary.resolve("data");

        DataDirectory.open(root, "m1").close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root))).isEqualTo("rwx------");
    }

    @Test
    void isOpenedAgainByTheSameMember() {
        DataDirectory.open(temporary, "m1").close();

        DataDirectory.open(temporary, "m1").close();
    }

    @Test
    void refusesASecondUser() {
        try (DataDirectory first = DataDirectory.open(temporary, "m1")) {
            assertThat(first.raft()).isDirectory();
            assertThatExceptionOfType(MemberStartException.class)
                    .isThrownBy(() -> DataDirectory.open(temporary, "m1"))
                    .withMessageContaining("in use");
        }
    }

    @Test
    void refusesAnotherMember() {
        DataDirectory.open(temporary, "m1").close();

        assertThatExceptionOfType(MemberStartException.class)
                .isThrownBy(() -> DataDirectory.open(temporary, "m2"))
                .withMessageContaining("member=m1").withMessageContaining("this is m2");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        Files.writeString(temporary.resolve("member"), "format=2\nmember=m1\n");

        assertThatExceptionOfType(MemberStartException.class)
                .isThrownBy(() -> DataDirectory.open(temporary, "m1"))
                .withMessageContaining("another version");
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> DataDirectory.open(file, "m1"));
    }
}
