package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StateFullException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTakerTest {

    private static final Random RANDOM = new Random(1);

    @TempDir
    Path directory;

    private LocalGroup group;

    @AfterEach
    void expectNoStop() {
        assertThat(group.fatalities()).isEmpty();
    }

    @Test
    void startsFromASnapshotAndTheLogBehindIt() throws Exception {
        group = new LocalGroup(directory, 1);
        try (AtomixReplicator member = group.start("m1")) {
            put(member, "before", 50, 10);
            member.takeSnapshot().get(20, TimeUnit.SECONDS);
            put(member, "after", 50, 10);
        }

        try (AtomixReplicator member = group.start("m1")) {
            member.readBarrier().get(20, TimeUnit.SECONDS);
            assertThat(count(member, "before")).isEqualTo(50);
            assertThat(count(member, "after")).isEqualTo(50);
            put(member, "again", 5, 10);
        }
    }

    @Test
    void cutsTheLogOffAsItGrows() throws Exception {
        group = new LocalGroup(directory, 1);
        try (AtomixReplicator member = group.start("m1")) {
            put(member, "k", 600, 250_000);
            await("a snapshot").atMost(Duration.ofSeconds(60))
                    // A file may go while it is looked at.
                    .ignoreExceptions().until(() -> snapshots("m1") == 1 && firstIndex("m1") > 1);
        }

        try (AtomixReplicator member = group.start("m1")) {
            member.readBarrier().get(30, TimeUnit.SECONDS);
            assertThat(count(member, "k")).isEqualTo(600);
        }
    }

    @Test
    void bringsAMemberThatWasAwayUpToDateBySnapshot() throws Exception {
        group = new LocalGroup(directory, 3);
        AtomixReplicator one = group.start("m1");
        AtomixReplicator two = group.start("m2");
        try (AtomixReplicator founder = group.start("m3")) {
            founder.readBarrier().get(20, TimeUnit.SECONDS);
        }
        try {
            put(one, "k", 400, 250_000);
            await("the log is cut off").atMost(Duration.ofSeconds(60))
                    .ignoreExceptions().until(() -> firstIndex("m1") > 1 && firstIndex("m2") > 1);
            put(two, "later", 10, 10);

            try (AtomixReplicator late = group.start("m3")) {
                await("the whole state").atMost(Duration.ofSeconds(60))
                        .until(() -> count(late, "later") == 10);
                assertThat(count(late, "k")).isEqualTo(400);
                assertThat(snapshots("m3")).isPositive();
                put(late, "own", 5, 10);
            }

            try (AtomixReplicator again = group.start("m3")) {
                await("what it had").atMost(Duration.ofSeconds(60)).until(() -> count(again, "own") == 5);
                assertThat(count(again, "k")).isEqualTo(400);
            }

            // The leader is the same and has no later snapshot: it must send the one that it has sent before.
            wipe("m3");
            try (AtomixReplicator anew = group.start("m3")) {
                await("what it has lost").atMost(Duration.ofSeconds(60)).until(() -> count(anew, "own") == 5);
                assertThat(count(anew, "k")).isEqualTo(400);
            }
        } finally {
            one.close();
            two.close();
        }
    }

    @Test
    void keepsTheLogAndTriesAgainWhenASnapshotFails() throws Exception {
        group = new LocalGroup(directory, 1);
        try (AtomixReplicator member = group.start("m1")) {
            put(member, "k", 20, 10);
            List<Path> inTheWay = new ArrayList<>();
            for (long index = member.lastApplied(); inTheWay.size() < 100; index++) {
                inTheWay.add(Files.createDirectory(raft("m1").resolve("roster-" + index + ".snapshot.own.draft")));
            }

            assertThat(member.takeSnapshot()).failsWithin(Duration.ofSeconds(20));
            assertThat(group.meters("m1").counter("roster.store.snapshot.failed").count()).isEqualTo(1);
            assertThat(firstIndex("m1")).isEqualTo(1);

            for (Path directory : inTheWay) {
                Files.delete(directory);
            }
            member.takeSnapshot().get(20, TimeUnit.SECONDS);
            assertThat(snapshots("m1")).isEqualTo(1);
        }
    }

    @Test
    void takesSnapshotsOfAStateThatIsFullAndGoesOnWithDeletions() throws Exception {
        group = new LocalGroup(directory, 1);
        group.limitState(4 << 20);
        try (AtomixReplicator member = group.start("m1")) {
            put(member, "k", 41, 100_000);
            put(member, "last", 1, 100_000);

            assertThat(member.propose(Txn.of(new PutKey(Key.of("more"), Value.of("v")))))
                    .failsWithin(Duration.ofSeconds(20)).withThrowableThat()
                    .withCauseInstanceOf(StateFullException.class);
            member.takeSnapshot().get(20, TimeUnit.SECONDS);
            assertThat(member.propose(Txn.of(new DeleteKeys(KeyRange.prefix("k")))))
                    .succeedsWithin(Duration.ofSeconds(20));
            await("room again").until(() -> member.propose(Txn.of(new PutKey(Key.of("more"), Value.of("v"))))
                    .handle((done, error) -> error == null).get(20, TimeUnit.SECONDS));
        }

        try (AtomixReplicator member = group.start("m1")) {
            member.readBarrier().get(20, TimeUnit.SECONDS);
            assertThat(count(member, "k")).isZero();
            assertThat(count(member, "last")).isEqualTo(1);
        }
    }

    private void wipe(String member) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(member))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void put(AtomixReplicator member, String prefix, int keys, int bytes) throws Exception {
        byte[] value = new byte[bytes];
        CompletableFuture<?>[] window = new CompletableFuture<?>[8];
        for (int i = 0; i < keys; i++) {
            RANDOM.nextBytes(value);
            if (window[i % window.length] != null) {
                window[i % window.length].get(30, TimeUnit.SECONDS);
            }
            window[i % window.length] = member
                    .propose(Txn.of(new PutKey(Key.of(prefix + i), Value.of(value.clone()))));
        }
        for (CompletableFuture<?> last : window) {
            if (last != null) {
                last.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static long count(AtomixReplicator member, String prefix) {
        return member.stateMachine().view().count(KeyRange.prefix(prefix));
    }

    private long firstIndex(String member) {
        return SegmentFile.read(SegmentFile.list(raft(member), "roster").getFirst()).firstIndex();
    }

    private long snapshots(String member) throws IOException {
        try (Stream<Path> files = Files.list(raft(member))) {
            return files.filter(file -> file.toString().endsWith(".snapshot")).count();
        }
    }

    private Path raft(String member) {
        return directory.resolve(member).resolve("raft");
    }
}
