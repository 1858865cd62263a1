package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.impl.RaftServiceManager;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.utils.time.WallClockTimestamp;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Atomix as it is does with snapshots, which is why {@link SnapshotTaker} takes them: a member that is alone and counts. */
class StockSnapshotTest {

    private static final String DEFECT = "the defect that is guarded against";
    private static final int SEGMENT_BYTES = 16 * 1024;
    private static final int MAX_ENTRY_BYTES = 1024;

    /** More commands than Atomix thinks few, sent within the time that it looks back; they fill some files of the log. */
    private static final int LOAD = 700;

    @TempDir
    Path directory;

    private final CounterType counter = new CounterType();
    private PlayedGroup group;

    @BeforeEach
    void open() {
        group = new PlayedGroup(directory, 1, counter).with(
                storage -> storage.withMaxSegmentSize(SEGMENT_BYTES).withMaxEntrySize(MAX_ENTRY_BYTES)
                        .withFreeDiskBuffer(0.001));
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void stockAtomixServesAnEmptyStateWhenASnapshotCannotBeRestored() throws Exception {
        RaftContext member = group.startStock();
        PlayedClient client = open(counter);
        add(client, 3);
        Path snapshot = complete(member);
        group.stop();
        flipByteOfTheCount(snapshot);

        group.startStock();

        assertThat(client.get()).as(DEFECT).isZero();
        assertThat(client.add()).as(DEFECT).isEqualTo(1);
    }

    @Test
    void stockAtomixServesAnEmptyStateWhenASnapshotIsGone() throws Exception {
        RaftContext member = group.startStock();
        add(open(counter), LOAD);
        Path snapshot = complete(member);
        long covered = member.getLastApplied();
        CompletableFuture.runAsync(() -> member.getLog().compact(covered), member.getThreadContext()).join();
        group.stop();
        Files.delete(snapshot);

        group.startStock();

        assertThat(open(counter).get()).as(DEFECT).isZero();
    }

    @Test
    void stockAtomixTakesASnapshotWithoutStateForWholeWhenABackupFails() throws Exception {
        RaftContext member = group.startStock();
        PlayedClient client = open(counter);
        add(client, 3);
        counter.beforeBackup(() -> {
            throw new IllegalStateException("backup failed");
        });

        complete(member);

        group.stop();
        group.startStock();
        assertThat(client.get()).as(DEFECT).isZero();
    }

    @Test
    void stockAtomixNeverTakesASnapshotAgainAfterOneThatCouldNotBeWritten() throws Exception {
        RaftContext member = group.startStock();
        add(open(counter), LOAD);
        Path inTheWay = Files.createDirectory(snapshotOf(member.getLastApplied()));

        CompletableFuture<Void> failed = member.compact();
        group.settle();
        Files.delete(inTheWay);
        CompletableFuture<Void> again = member.compact();
        group.settle();

        assertThat(counter.writers()).as("it was tried once only").hasSize(1);
        assertThat(failed).as(DEFECT).isNotDone();
        assertThat(again).as(DEFECT).isNotDone();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void stockAtomixTakesNoSnapshotUnderLoad() throws Exception {
        RaftContext member = group.startStock();
        add(open(counter), LOAD);

        assertThat(takeSnapshotIfDue(member)).as("has nothing to do").isDone();
        group.settle();

        assertThat(member.getLog().isCompactable(member.getLastApplied())).isTrue();
        assertThat(counter.writers()).as(DEFECT).isEmpty();
        assertThat(snapshots()).as(DEFECT).isEmpty();
    }

    @Test
    void stockAtomixWritesASnapshotOnTheThreadThatApplies() throws Exception {
        RaftContext member = group.startStock();
        add(open(counter), LOAD);

        var _ = member.compact();
        group.settle();

        assertThat(counter.writers()).as(DEFECT).singleElement().isEqualTo(counter.appliers().getLast());
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void stockAtomixGathersASnapshotOnTheHeapAndDoublesItsBuffer() {
        Snapshot snapshot = new SnapshotStore(group.storage()).newTemporarySnapshot(1, new WallClockTimestamp());
        SnapshotWriter writer = snapshot.openWriter();

        writer.write(new byte[(4 << 20) + 1]);

        assertThat(snapshot.isPersisted()).as(DEFECT).isFalse();
        assertThat(writer.buffer().capacity()).as(DEFECT).isGreaterThanOrEqualTo(8 << 20);
    }

    @Test
    void stockAtomixInstallsItsOwnSnapshotIntoAnotherService() throws Exception {
        RaftContext member = group.startStock();
        PlayedClient client = open(counter);
        add(client, 3);

        complete(member);

        assertThat(client.add()).isEqualTo(4);
        assertThat(counter.services()).as("whoever reads the first one reads what is past").isEqualTo(2);
    }

    private PlayedClient open(CounterType type) throws Exception {
        return PlayedClient.open(group.play(PlayedGroup.SELF), PlayedGroup.SELF, type);
    }

    /** One after the other: stock Atomix forgets some of those that come at once ({@link SequencedSessionTest}). */
    private static void add(PlayedClient client, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            client.command(CounterType.ADD).get(30, TimeUnit.SECONDS);
        }
    }

    /** Takes a snapshot as Atomix does, but completes it at once: Atomix lets ten seconds pass. */
    private Path complete(RaftContext member) throws Exception {
        Method write = RaftServiceManager.class.getDeclaredMethod("snapshot");
        write.setAccessible(true);
        CompletableFuture.runAsync(() -> ((Snapshot) invoke(write, member)).persist().complete(),
                member.getServiceManager().executor()).get(30, TimeUnit.SECONDS);
        return snapshotOf(member.getLastApplied());
    }

    /** Does what Atomix does every ten seconds. */
    private static CompletableFuture<?> takeSnapshotIfDue(RaftContext member) throws Exception {
        Method take = RaftServiceManager.class.getDeclaredMethod("takeSnapshots", boolean.class, boolean.class);
        take.setAccessible(true);
        return CompletableFuture
                .supplyAsync(() -> (CompletableFuture<?>) invoke(take, member, false, false), member.getThreadContext())
                .get(30, TimeUnit.SECONDS);
    }

    private static Object invoke(Method method, RaftContext member, Object... arguments) {
        try {
            return method.invoke(member.getServiceManager(), arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void flipByteOfTheCount(Path snapshot) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(snapshot));
        int at = 0;
        while (bytes.getLong(at) != CounterType.MAGIC) {
            at++;
        }
        try (RandomAccessFile file = new RandomAccessFile(snapshot.toFile(), "rw")) {
            file.seek(at + 2L * Long.BYTES - 1);
            file.write(bytes.get(at + 2 * Long.BYTES - 1) ^ 1);
        }
    }

    private Path snapshotOf(long index) {
        return group.raft().resolve(PlayedGroup.NAME + "-" + index + ".snapshot");
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(group.raft())) {
            return files.filter(file -> file.toString().endsWith(".snapshot")).toList();
        }
    }
}
