package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.store.Compact;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskWatchTest {

    private static final Txn PUT = Txn.of(new PutKey(Key.of("k"), Value.of("v")));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long usable = Long.MAX_VALUE;
    private long nanos;
    private final DiskWatch disk = new DiskWatch(Path.of("/data"), () -> usable, () -> nanos, meters);

    @Test
    void refusesNewDataWhenThereIsLittleRoom() {
        assertThat(disk.refuses(PUT)).isFalse();

        lookAt(DiskWatch.LOW_BYTES - 1);

        assertThat(disk.refuses(PUT)).isTrue();
        assertThat(disk.refuses(new GrantLease(new LeaseId(1), Duration.ofSeconds(9)))).isTrue();
        assertThat(meters.get("roster.store.disk.usable").gauge().value()).isEqualTo(DiskWatch.LOW_BYTES - 1);
    }

    @Test
    void takesWhatMakesRoom() {
        lookAt(0);

        assertThat(disk.refuses(new RevokeLeases(List.of(new LeaseId(1))))).isFalse();
        assertThat(disk.refuses(new Compact(new Revision(1)))).isFalse();
    }

    @Test
    void wantsMoreRoomBeforeItTakesNewDataAgain() {
        lookAt(DiskWatch.LOW_BYTES - 1);

        lookAt(DiskWatch.ENOUGH_BYTES - 1);
        assertThat(disk.refuses(PUT)).isTrue();

        lookAt(DiskWatch.ENOUGH_BYTES);
        assertThat(disk.refuses(PUT)).isFalse();
    }

    @Test
    void looksOnceASecond() {
        lookAt(DiskWatch.ENOUGH_BYTES);
        usable = 0;

        disk.look();

        assertThat(disk.refuses(PUT)).isFalse();
    }

    @Test
    void asksForAnotherLeaderNowAndThen() {
        assertThat(disk.asksForAnotherLeader()).isFalse();
        lookAt(0);

        assertThat(disk.asksForAnotherLeader()).isTrue();
        assertThat(disk.asksForAnotherLeader()).isFalse();
        nanos += Duration.ofSeconds(31).toNanos();
        assertThat(disk.asksForAnotherLeader()).isTrue();
    }

    private void lookAt(long bytes) {
        usable = bytes;
        nanos += Duration.ofSeconds(1).toNanos();
        disk.look();
    }
}
