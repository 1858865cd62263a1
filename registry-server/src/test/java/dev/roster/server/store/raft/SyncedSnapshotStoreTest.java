package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotReader;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.time.WallClockTimestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedSnapshotStoreTest {

    private static final int PIECES = 5;
    private static final int PIECE_BYTES = 32 * 1024;

    @TempDir
    Path directory;

    private final byte[] content = new byte[PIECES * PIECE_BYTES];

    SyncedSnapshotStoreTest() {
        new Random(1).nextBytes(content);
    }

    @Test
    void stockAtomixLosesWhatWasWrittenBeforeASnapshotFileIsOpenedAgain() {
        Snapshot stock = new SnapshotStore(storage()).newSnapshot(7, new WallClockTimestamp());

        writeInPieces(stock);

        assertThat(contentOf(stock.complete())).as("why drafts are files of our own").isNotEqualTo(content);
    }

    @Test
    void keepsWhatALeaderSendsInPieces() {
        Snapshot received = new SyncedSnapshotStore(storage()).newTemporarySnapshot(7, new WallClockTimestamp());

        writeInPieces(received);
        received.persist().complete();

        SyncedSnapshotStore reopened = new SyncedSnapshotStore(storage());
        assertThat(reopened.getCurrentSnapshot().index()).isEqualTo(7);
        assertThat(contentOf(reopened.getCurrentSnapshot())).isEqualTo(content);
    }

    @Test
    void keepsTheNewestOnly() throws IOException {
        SyncedSnapshotStore store = new SyncedSnapshotStore(storage());
        for (long index : List.of(7L, 12L)) {
            Snapshot snapshot = store.newTemporarySnapshot(index, new WallClockTimestamp());
            writeInPieces(snapshot);
            snapshot.complete();
        }

        assertThat(files()).containsExactly("roster-12.snapshot");
        assertThat(store.size()).isGreaterThan(content.length);
    }

    @Test
    void keepsAnOwnSnapshotApartFromOneOfTheSameEntryThatALeaderSends() {
        SyncedSnapshotStore store = new SyncedSnapshotStore(storage());
        Snapshot own = store.newOwnSnapshot(7, new WallClockTimestamp());
        writeInPieces(own);
        Snapshot received = store.newTemporarySnapshot(7, new WallClockTimestamp());

        own.complete();
        assertThat(contentOf(CompletableFuture.supplyAsync(store::getCurrentSnapshot).join())).isEqualTo(content);

        writeInPieces(received);
        received.complete();
        assertThat(contentOf(new SyncedSnapshotStore(storage()).getCurrentSnapshot())).isEqualTo(content);
    }

    @Test
    void forgetsADraftThatWasNeverCompleted() throws IOException {
        writeInPieces(new SyncedSnapshotStore(storage()).newTemporarySnapshot(7, new WallClockTimestamp()));
        assertThat(files()).containsExactly("roster-7.snapshot.draft");

        SyncedSnapshotStore reopened = new SyncedSnapshotStore(storage());

        assertThat(reopened.getCurrentSnapshot()).isNull();
        assertThat(files()).isEmpty();
    }

    @Test
    void doesNotShowASnapshotToTheThreadWhoseStateItIs() {
        SyncedSnapshotStore store = new SyncedSnapshotStore(storage());
        Snapshot own = store.newOwnSnapshot(7, new WallClockTimestamp());
        writeInPieces(own);
        own.complete();

        assertThat(store.getCurrentSnapshot()).as("Atomix would install it").isNull();
        assertThat(CompletableFuture.supplyAsync(store::getCurrentSnapshot).join()).isNotNull();

        Snapshot received = store.newTemporarySnapshot(12, new WallClockTimestamp());
        writeInPieces(received);
        received.complete();
        assertThat(store.getCurrentSnapshot()).as("one that a leader has sent").isNotNull();
    }

    @Test
    void aDraftCannotBeRead() {
        Snapshot draft = new SyncedSnapshotStore(storage()).newTemporarySnapshot(7, new WallClockTimestamp());

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(draft::openReader);
    }

    @Test
    void hasNoBoundaryWithoutASnapshot() {
        assertThat(new SyncedSnapshotStore(storage()).boundary().index()).isZero();
    }

    private void writeInPieces(Snapshot snapshot) {
        for (int i = 0; i < PIECES; i++) {
            try (SnapshotWriter writer = snapshot.openWriter()) {
                writer.write(content, i * PIECE_BYTES, PIECE_BYTES);
            }
        }
    }

    private static byte[] contentOf(Snapshot snapshot) {
        try (SnapshotReader reader = snapshot.openReader()) {
            byte[] read = new byte[reader.remaining()];
            reader.read(read);
            return read;
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private RaftStorage storage() {
        return RaftStorage.builder().withPrefix("roster").withDirectory(directory.toFile())
                .withStorageLevel(StorageLevel.DISK).withNamespace(RaftNamespaces.RAFT_STORAGE).build();
    }
}
