package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member on a disk. */
class AtomixReplicatorTest {

    private static final int ROUNDS = 5;
    private static final int WRITES = 200;

    @TempDir
    Path directory;

    @Test
    void keepsEverythingOverARestart() throws Exception {
        LocalGroup group = new LocalGroup(directory.resolve("restart"), 1);
        try (AtomixReplicator first = group.start("m1")) {
            for (int i = 0; i < 100; i++) {
                first.propose(put("k" + i, "v" + i)).get(10, TimeUnit.SECONDS);
            }
        }

        try (AtomixReplicator second = group.start("m1")) {
            second.readBarrier().get(10, TimeUnit.SECONDS);

            assertThat(second.stateMachine().view().revision().value()).isEqualTo(100);
            assertThat(second.stateMachine().view().find(Key.of("k99")).map(KeyValue::value))
                    .isEqualTo(Optional.of(Value.of("v99")));
        }
    }

    @Test
    void syncsAtLeastOnceForEachWriteThatWaitsForTheOneBefore() throws Exception {
        LocalGroup group = new LocalGroup(directory.resolve("syncs"), 1);
        try (AtomixReplicator replicator = group.start("m1")) {
            replicator.readBarrier().get(10, TimeUnit.SECONDS);
            long before = group.syncs("m1");

            for (int i = 0; i < 20; i++) {
                replicator.propose(put("k" + i, "v")).get(10, TimeUnit.SECONDS);
            }

            assertThat(group.syncs("m1") - before).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void stopsWhileWritesAreUnderWayWithoutAnError() throws Exception {
        LocalGroup group = new LocalGroup(directory.resolve("stops"), 1);
        List<CompletableFuture<?>> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (AtomixReplicator member = group.start("m1")) {
                for (int i = 0; i < WRITES; i++) {
                    acknowledged.add(member.propose(put("k" + acknowledged.size(), "v")));
                }
                acknowledged.get(acknowledged.size() - WRITES / 2).get(10, TimeUnit.SECONDS);
            }
        }

        assertThat(group.fatalities()).isEmpty();
        try (AtomixReplicator member = group.start("m1")) {
            member.readBarrier().get(10, TimeUnit.SECONDS);
            for (int i = 0; i < acknowledged.size(); i++) {
                if (acknowledged.get(i).state() == Future.State.SUCCESS) {
                    assertThat(member.stateMachine().view().find(Key.of("k" + i))).isPresent();
                }
            }
        }
    }

    @Test
    void readsWithoutALogEntryWhenItIsAlone() throws Exception {
        LocalGroup group = new LocalGroup(directory.resolve("reads"), 1);
        try (AtomixReplicator replicator = group.start("m1")) {
            replicator.propose(put("k", "v")).get(10, TimeUnit.SECONDS);
            long applied = replicator.lastApplied();

            for (int i = 0; i < 20; i++) {
                replicator.readBarrier().get(10, TimeUnit.SECONDS);
            }

            assertThat(replicator.lastApplied()).isEqualTo(applied);
            replicator.close();
            assertThat(replicator.readBarrier()).failsWithin(10, TimeUnit.SECONDS);
        }
    }

    private static Txn put(String key, String value) {
        return Txn.of(new PutKey(Key.of(key), Value.of(value)));
    }
}
