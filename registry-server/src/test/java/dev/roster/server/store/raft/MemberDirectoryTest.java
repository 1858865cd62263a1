package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void isForTheOwnerOnly() throws IOException {
        Path root = temporary.resolve("data");

        MemberDirectory.open(root, "m1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root))).isEqualTo("rwx------");
    }

    @Test
    void isOpenedAgainByTheSameMember() {
        MemberDirectory.open(temporary, "m1");

        MemberDirectory.open(temporary, "m1");
    }

    @Test
    void refusesAnotherMember() {
        MemberDirectory.open(temporary, "m1");

        assertThatExceptionOfType(MemberStartException.class)
                .isThrownBy(() -> MemberDirectory.open(temporary, "m2"))
                .withMessageContaining("member=m1").withMessageContaining("this is m2");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        Files.writeString(temporary.resolve("member"), "format=2\nmember=m1\n");

        assertThatExceptionOfType(MemberStartException.class)
                .isThrownBy(() -> MemberDirectory.open(temporary, "m1"))
                .withMessageContaining("another version");
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> MemberDirectory.open(file, "m1"));
    }
}
