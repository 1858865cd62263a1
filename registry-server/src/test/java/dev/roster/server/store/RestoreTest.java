package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups: written at one revision, refused unless they are whole, and put in place of a state at one moment. */
class RestoreTest extends KeySpaceFixture {

    private static final Key PARTS = Key.of("restore/part/");
    private static final PutKey MARK = new PutKey(Key.of("restore/done"), Value.of("id"));

    private final KeySpace target = new KeySpace();

    private static byte[] backup(KeySpace of) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReadView view = of.view();
        try {
            BackupWriter.write(new DataOutputStream(bytes), new BackupHeader("a, b", view.revision(), NOW), view,
                    of.leases(), Key.of("restore/"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private void stage(byte[] backup, int partBytes) {
        for (int at = 0; at < backup.length; at += partBytes) {
            byte[] part = Arrays.copyOfRange(backup, at, Math.min(backup.length, at + partBytes));
            target.apply(NOW, Txn.of(new PutKey(Key.of("restore/part/%08d".formatted(at)), Value.of(part))));
        }
    }

    private Restored restore(boolean ontoEmpty) {
        return (Restored) target.apply(NOW, new Restore(PARTS, ontoEmpty, MARK));
    }

    private static List<KeyValue> contents(KeySpace of) {
        return of.view().read(KeyRange.ALL, Integer.MAX_VALUE).keys().stream()
                .filter(one -> !one.key().startsWith(Key.of("restore/"))).toList();
    }

    private void fill() {
        grant(LEASE);
        grant(new LeaseId(-3));
        commit(put("a", "1"), put("b", "1", LEASE), put("c", "1", LEASE));
        commit(put("a", "2"));
        commit(put("d", "x".repeat(300_000)), delete("c"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000})
    void bringsBackEveryKeyAndLeaseAsTheyWere(int partBytes) {
        fill();
        stage(backup(space), partBytes);
        long before = target.view().revision().value();

        Restored restored = restore(true);

        assertThat(restored.backup()).isEqualTo(new BackupHeader("a, b", new Revision(3), NOW));
        assertThat(restored.revision().value()).isEqualTo(Math.max(3, before) + 1);
        assertThat(target.view().revision()).isEqualTo(restored.revision());
        assertThat(contents(target)).isEqualTo(contents(space));
        assertThat(target.leases()).containsExactlyInAnyOrderElementsOf(space.leases());
        assertThat(target.keysOf(LEASE)).containsExactly(Key.of("b"));
        assertThat(valueOf(target.view(), "restore/done")).isEqualTo("id");
        assertThat(target.view().count(KeyRange.prefix(PARTS))).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void bringsBackAnyState(long seed) throws IOException {
        RandomCommands commands = new RandomCommands(seed);
        for (int i = 0; i < 400; i++) {
            try {
                apply(commands.next(revision()));
            } catch (StoreException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
        target.apply(NOW, Txn.of(put("old", "1")));
        stage(backup(space), 500);

        restore(false);

        assertThat(contents(target)).isEqualTo(contents(space));
        assertThat(target.leases()).containsExactlyInAnyOrderElementsOf(space.leases());
        KeySpace again = new KeySpace();
        again.restore(Images.input(Images.bytes(target.image())));
        assertThat(Images.bytes(again.image())).isEqualTo(Images.bytes(target.image()));
    }

    @Test
    void goesOnAboveBothRevisionsWithNoHistory() {
        fill();
        byte[] backup = backup(space);
        for (int i = 0; i < 20; i++) {
            target.apply(NOW, Txn.of(put("k", "" + i)));
        }
        stage(backup, backup.length);

        Restored restored = restore(false);

        assertThat(restored.revision()).isEqualTo(new Revision(22));
        assertThatThrownBy(() -> target.viewAt(new Revision(21))).isInstanceOf(RevisionCompactedException.class);
        target.apply(NOW, Txn.of(put("a", "3")));
        KeyValue after = target.view().find(Key.of("a")).orElseThrow();
        assertThat(after.version()).isEqualTo(3);
        assertThat(after.created()).isEqualTo(new Revision(1));
        assertThat(after.modified()).isEqualTo(new Revision(23));
    }

    @Test
    void tellsWatchesThatWhatTheySawIsCompacted() {
        ManualExecutor executor = new ManualExecutor();
        WatchHub hub = new WatchHub(target, executor);
        RecordingListener listener = new RecordingListener();
        fill();
        byte[] backup = backup(space);
        target.apply(NOW, Txn.of(put("k", "1")));
        hub.watch(List.of(KeyRange.prefix("k")), Revision.ZERO, WatchFilter.ALL, listener);
        executor.runAll();
        stage(backup, backup.length);
        executor.runAll();

        Restored restored = restore(false);
        executor.runAll();

        assertThat(listener.told()).endsWith("compacted " + restored.revision().value());
    }

    @Test
    void endsRestoredLeasesWithTheirKeys() {
        fill();
        stage(backup(space), 1_000_000);
        restore(true);

        target.apply(NOW, new RevokeLeases(List.of(LEASE)));

        assertThat(valueOf(target.view(), "b")).isNull();
        assertThat(valueOf(target.view(), "a")).isEqualTo("2");
    }

    @Test
    void leavesOutKeysWhoseLeaseHasEndedSince() throws IOException {
        fill();
        ReadView view = space.view();
        apply(new RevokeLeases(List.of(LEASE)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        BackupWriter.write(new DataOutputStream(bytes), new BackupHeader("", view.revision(), NOW), view,
                space.leases(), Key.of("restore/"));

        stage(bytes.toByteArray(), 1_000_000);
        restore(true);
        assertThat(contents(target)).extracting(one -> one.key().utf8()).containsExactly("a", "d");
    }

    @Test
    void isRefusedWhereSomethingIsWhenNothingShouldBe() {
        stage(backup(space), 1000);
        target.apply(NOW, Txn.of(put("k", "1")));

        assertThatThrownBy(() -> restore(true)).isInstanceOf(InvalidCommandException.class)
                .hasMessage("store is one with the key k, expected an empty one");
        assertThat(valueOf(target.view(), "k")).isEqualTo("1");
    }

    @Test
    void isRefusedWhenAPartIsMissingOrChangedAndChangesNothing() {
        fill();
        byte[] backup = backup(space);
        target.apply(NOW, Txn.of(put("k", "1")));
        stage(backup, 100_000);
        target.apply(NOW, Txn.of(new DeleteKeys(Key.of("restore/part/00100000"))));
        List<KeyValue> before = contents(target);

        assertThatThrownBy(() -> restore(false)).isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith("parts is damaged: ").hasMessageEndingWith(", expected a whole backup");
        assertThat(contents(target)).isEqualTo(before);
        assertThatThrownBy(() -> target.apply(NOW, new Restore(Key.of("nothing"), false, MARK)))
                .isInstanceOf(InvalidCommandException.class);
    }

    @Test
    void findsEveryDamage() throws IOException {
        grant(LEASE);
        commit(put("a", "1"), put("b", "2", LEASE));
        byte[] sound = backup(space);
        BackupReader.Contents contents = check(sound);
        assertThat(contents.keys()).isEqualTo(2);
        assertThat(contents.leases()).isEqualTo(1);

        for (int at = 0; at < sound.length; at++) {
            byte[] cut = Arrays.copyOf(sound, at);
            assertThatThrownBy(() -> check(cut)).as("cut at %d", at).isInstanceOf(CorruptStateException.class);
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> check(flipped)).as("flipped at %d", at)
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    private static BackupReader.Contents check(byte[] backup) throws IOException {
        return BackupReader.check(new DataInputStream(new ByteArrayInputStream(backup)));
    }

    @Test
    void tellsWhatAFileIsByItsFirstBytes() {
        byte[] backup = backup(space);
        byte[] newer = backup.clone();
        newer[BackupReader.IDENTITY_BYTES - 1] = 2;
        byte[] newerFrame = backup.clone();
        newerFrame[4] = 2;

        assertThat(identify(backup)).isEqualTo(BackupReader.Identity.BACKUP);
        assertThat(identify(newer)).isEqualTo(BackupReader.Identity.NEWER_BACKUP);
        assertThat(identify(newerFrame)).isEqualTo(BackupReader.Identity.NEWER_BACKUP);
        assertThat(identify(new byte[0])).isEqualTo(BackupReader.Identity.FOREIGN);
        assertThat(identify("PK\3\4 and more".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isEqualTo(BackupReader.Identity.FOREIGN);
    }

    private static BackupReader.Identity identify(byte[] file) {
        return BackupReader.identify(Arrays.copyOf(file, Math.min(file.length, BackupReader.IDENTITY_BYTES)));
    }

    @Test
    void givesEveryLeaseAFullPeriod() {
        grant(LEASE);
        commit(put("b", "1", LEASE));
        stage(backup(space), 1_000_000);
        java.util.concurrent.atomic.AtomicReference<java.time.Instant> clock = new java.util.concurrent.atomic.AtomicReference<>(
                NOW);
        LocalReplicator replicator = new LocalReplicator(target, Runnable::run, clock::get);
        Outcome.await(replicator.propose(new Restore(PARTS, false, MARK)));

        clock.set(NOW.plus(Duration.ofSeconds(9)));
        assertThat(replicator.tick().join()).isZero();
        clock.set(NOW.plus(Duration.ofSeconds(10)));
        assertThat(replicator.tick().join()).isEqualTo(1);
        assertThat(valueOf(target.view(), "b")).isNull();
    }
}
