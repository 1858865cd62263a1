package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIdentityTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("cluster");
    }

    @Test
    void proposesTheSameAfterARestart() {
        UUID proposal = open(false).proposal();

        assertThat(open(false).proposal()).isEqualTo(proposal);
        assertThat(open(false).cluster()).isNull();
    }

    @Test
    void staysWithTheClusterThatItJoined() {
        UUID joined = UUID.randomUUID();

        assertThat(open(false).adopt(joined)).isEqualTo(joined);

        ClusterIdentity again = open(true);
        assertThat(again.id()).isEqualTo(joined);
        assertThat(again.adopt(UUID.randomUUID())).isEqualTo(joined);
    }

    @Test
    void isMissedWhenThereIsData() {
        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> open(true))
                .withMessageContaining("is gone");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesADamagedFile() throws IOException {
        open(false).adopt(UUID.randomUUID());
        Files.writeString(file, "proposal=nothing\n");

        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> open(true))
                .withMessageContaining("is damaged");
        assertThatExceptionOfType(MemberStartException.class).isThrownBy(() -> open(false));
    }

    private ClusterIdentity open(boolean hasData) {
        return ClusterIdentity.open(file, hasData, UUID::randomUUID);
    }
}
