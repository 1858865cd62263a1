package dev.roster.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.LocalStore;
import dev.roster.server.store.BackupReader;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of backups: what is refused and with which words, and how a member begins with one or changes to one. */
class BackupFileTest {

    private static final LeaseId LEASE = new LeaseId(7);

    @TempDir
    private Path folder;
    private final LocalStore source = new LocalStore();
    private final LocalStore target = new LocalStore();
    private String leader = "a";
    private final ClusterView cluster = () -> new ClusterState(null, "a", leader, 1, 0,
            List.of(new ClusterMember("a", "h:1", true, true)), true);

    @BeforeEach
    void fill() {
        Outcome.await(source.store.grant(new GrantLease(LEASE, Duration.ofSeconds(30))));
        put(source, "k", "1");
        Outcome.await(source.store.commit(Txn.of(new PutKey(Key.of("l"), Value.of("x".repeat(600_000)), LEASE))));
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private static void put(LocalStore store, String key, String value) {
        Outcome.await(store.store.commit(Txn.of(new PutKey(Key.of(key), Value.of(value)))));
    }

    private static String valueOf(LocalStore store, String key) {
        return store.store.view().find(Key.of(key)).map(found -> found.value().utf8()).orElse("none");
    }

    private Path backup() throws IOException {
        Path file = folder.resolve("one.backup");
        try (OutputStream output = Files.newOutputStream(file)) {
            new Backups(source.store, cluster, source.clock).begin().writeTo(output);
        }
        return file;
    }

    private Restoration restoration() {
        return new Restoration(target.store, folder);
    }

    private RestoreSeed seed() {
        return new RestoreSeed(folder, restoration(), cluster);
    }

    @Test
    void saysWhatABackupHolds() throws IOException {
        BackupReader.Contents contents = BackupFile.check(backup()).contents();

        assertThat(contents.header().origin()).isEqualTo("a");
        assertThat(contents.header().revision().value()).isEqualTo(2);
        assertThat(contents.header().time()).isEqualTo(source.clock.instant());
        assertThat(contents.keys()).isEqualTo(2);
        assertThat(contents.leases()).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBeRestoredAndSaysWhatToDo() throws IOException {
        Path file = backup();
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        byte[] newer = whole.clone();
        newer[BackupReader.IDENTITY_BYTES - 1] = 2;

        refuses(changed, "is damaged or was cut short: checksum", "Take another copy");
        refuses(Arrays.copyOf(whole, whole.length - 1), "is damaged or was cut short: the seal", "Take another copy");
        refuses(Arrays.copyOf(whole, whole.length + 1), "bytes behind the seal", "Take another copy");
        refuses(new byte[0], "is not a backup of Roster", "'bin/roster backup'");
        refuses("PK, or whatever".getBytes(java.nio.charset.StandardCharsets.UTF_8), "is not a backup of Roster",
                "'bin/roster backup'");
        refuses(newer, "written by a newer version", "Restore it with the version that wrote it");
    }

    private void refuses(byte[] content, String reason, String action) throws IOException {
        Path file = Files.write(folder.resolve("bad.backup"), content);
        put(target, "k", "before");

        assertThatThrownBy(() -> BackupFile.check(file)).isInstanceOfSatisfying(UnusableBackupException.class, e -> {
            assertThat(e).hasMessageStartingWith(file.toString()).hasMessageContaining(reason);
            assertThat(e.action()).contains(action);
        });
        assertThatThrownBy(() -> restoration().receive(new ByteArrayInputStream(content)))
                .isInstanceOf(UnusableBackupException.class).hasMessageStartingWith("The body ");
        assertThat(valueOf(target, "k")).isEqualTo("before");
        assertThat(folder.resolve("received.backup")).doesNotExist();
    }

    @Test
    void changesARunningStoreToABackup() throws IOException {
        put(target, "k", "before");
        put(target, "other", "1");

        RestoreOutcome outcome = restoration().receive(Files.newInputStream(backup())).orElseThrow();

        assertThat(outcome.backupRevision()).isEqualTo(2);
        assertThat(outcome.revision()).isEqualTo(target.revision());
        assertThat(valueOf(target, "k")).isEqualTo("1");
        assertThat(valueOf(target, "other")).isEqualTo("none");
        assertThat(target.leases()).isEqualTo(1);
        assertThat(folder.resolve("received.backup")).doesNotExist();
        target.pass(Duration.ofSeconds(31));
        assertThat(valueOf(target, "l")).isEqualTo("none");
    }

    @Test
    void leavesWhatRestorationsNeedOutOfBackups() throws IOException {
        restoration().receive(Files.newInputStream(backup()));
        LocalStore third = new LocalStore();
        Path second = folder.resolve("two.backup");
        try (third; OutputStream output = Files.newOutputStream(second)) {
            new Backups(target.store, cluster, target.clock).begin().writeTo(output);
        }

        assertThat(BackupFile.check(second).contents().keys()).isEqualTo(2);
    }

    @Test
    void beginsAnEmptyStoreWithASeedOnce() throws IOException {
        RestoreSeed seed = seed();
        Files.move(backup(), folder.resolve(RestoreSeed.FILE));

        assertThat(seed.isSettled()).isFalse();
        assertThat(seed.attempt()).isEqualTo(RestoreSeed.Attempt.SETTLED);

        assertThat(seed.isSettled()).isTrue();
        assertThat(valueOf(target, "k")).isEqualTo("1");
        assertThat(folder.resolve(RestoreSeed.FILE)).doesNotExist();
        put(target, "k", "2");
        assertThat(seed().attempt()).isEqualTo(RestoreSeed.Attempt.SETTLED);
        assertThat(valueOf(target, "k")).isEqualTo("2");
    }

    @Test
    void seesThatAnotherMemberHasRestoredTheSame() throws IOException {
        Path file = backup();
        restoration().restore(BackupFile.check(file), true);
        put(target, "k", "2");
        Files.move(file, folder.resolve(RestoreSeed.FILE));

        assertThat(seed().attempt()).isEqualTo(RestoreSeed.Attempt.SETTLED);
        assertThat(valueOf(target, "k")).isEqualTo("2");
    }

    @Test
    void leavesTheSeedToTheLeader() throws IOException {
        Files.move(backup(), folder.resolve(RestoreSeed.FILE));
        leader = "b";

        assertThat(seed().attempt()).isEqualTo(RestoreSeed.Attempt.WAITING);
        assertThat(target.store.view().count(KeyRange.ALL)).isZero();
    }

    @Test
    void refusesASeedWhereThereAreContentsAlready() throws IOException {
        Files.move(backup(), folder.resolve(RestoreSeed.FILE));
        put(target, "k", "before");
        RestoreSeed seed = seed();

        assertThat(seed.attempt()).isEqualTo(RestoreSeed.Attempt.REFUSED);
        assertThat(seed.isSettled()).isFalse();
        assertThat(valueOf(target, "k")).isEqualTo("before");
        Files.delete(folder.resolve(RestoreSeed.FILE));
        assertThat(seed.attempt()).isEqualTo(RestoreSeed.Attempt.SETTLED);
    }

    @Test
    void refusesASeedThatIsDamaged() throws IOException {
        Path file = backup();
        Files.write(folder.resolve(RestoreSeed.FILE), Arrays.copyOf(Files.readAllBytes(file), 100));

        assertThat(seed().attempt()).isEqualTo(RestoreSeed.Attempt.REFUSED);
        assertThat(target.store.view().count(KeyRange.ALL)).isZero();
    }

    @Test
    void leavesNoPartsBehindWhenItIsRefused() throws IOException {
        BackupFile file = BackupFile.check(backup());
        put(target, "k", "before");

        assertThatThrownBy(() -> restoration().restore(file, true)).hasMessageContaining("expected an empty one");

        assertThat(target.store.view().count(KeyRange.ALL)).isEqualTo(1);
    }
}
