package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotDescriptor;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.utils.time.WallClockTimestamp;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest snapshot, which is on disk before the one before it is deleted.
 *
 * <p>Atomix 3.1.12 gathers a snapshot in one buffer on the heap, which doubles as it grows, and deletes the old file when the
 * new one may not be on disk yet, nor its name in the directory.
 */
final class SyncedSnapshotStore extends SnapshotStore {

    /** Ends the names of files that are not whole. */
    private static final String DRAFT_SUFFIX = ".draft";

    /** A leader may send a snapshot of the very entry of which this member is writing one. */
    private static final String OWN_DRAFT_SUFFIX = ".own" + DRAFT_SUFFIX;

    private final RaftStorage storage;
    private volatile @Nullable Boundary boundary;
    private volatile @Nullable Own own;

    /**
     * A snapshot of the state that is here.
     *
     * @param index the last entry that it stands for
     * @param applier the thread that applies entries
     */
    private record Own(long index, Thread applier) {}

    SyncedSnapshotStore(RaftStorage storage) {
        super(storage);
        this.storage = storage;
        deleteDrafts();
    }

    private void deleteDrafts() {
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(DRAFT_SUFFIX))::iterator) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete drafts in " + directory(), e);
        }
    }

    /**
     * Begins a snapshot of the state as it is here, one at a time. To be called by the thread that applies. It counts once it is
     * {@link SnapshotDraft#complete completed}.
     */
    SnapshotDraft newOwnSnapshot(long index, WallClockTimestamp timestamp) {
        own = new Own(index, Thread.currentThread());
        return newDraft(index, timestamp, OWN_DRAFT_SUFFIX);
    }

    /**
     * Returns the newest snapshot. The thread that applies is not told of one that was made of this very state: when no entry
     * has come since, Atomix would restore the state from it before the next one, which takes seconds for a large one.
     */
    @Override
    public @Nullable Snapshot getCurrentSnapshot() {
        Snapshot current = super.getCurrentSnapshot();
        Own made = own;
        return current != null && made != null && current.index() == made.index()
                && Thread.currentThread() == made.applier() ? null : current;
    }

    /**
     * Tells whether the state lacks what the current snapshot stands for. Atomix 3.1.12 passes over the entries that a snapshot
     * has, counts them as applied, and installs it with the entry after it, whenever that comes.
     *
     * @param lastApplied the last entry that counts as applied
     */
    boolean isToBeInstalled(long lastApplied) {
        Snapshot current = super.getCurrentSnapshot();
        Own made = own;
        return current != null && current.index() >= lastApplied && (made == null || made.index() != current.index());
    }

    /** One of an entry that there is one of already has taken the place of its file, which Atomix would delete. */
    @Override
    protected synchronized void completeSnapshot(Snapshot snapshot) {
        Snapshot current = super.getCurrentSnapshot();
        if (current == null || current.index() != snapshot.index()) {
            super.completeSnapshot(snapshot);
        }
    }

    /** Begins a snapshot that a leader sends. It counts once it is {@link SnapshotDraft#complete completed}. */
    @Override
    public SnapshotDraft newTemporarySnapshot(long index, WallClockTimestamp timestamp) {
        return newDraft(index, timestamp, DRAFT_SUFFIX);
    }

    private SnapshotDraft newDraft(long index, WallClockTimestamp timestamp, String suffix) {
        Path file = file(index);
        return new SnapshotDraft(file, file.resolveSibling(file.getFileName() + suffix),
                SnapshotDescriptor.builder().withIndex(index).withTimestamp(timestamp.unixTimestamp()).build(), this,
                () -> newSnapshot(index, timestamp));
    }

    /** Returns the last entry that the current snapshot stands for; index and term are 0 when there is none. */
    Boundary boundary() {
        Snapshot snapshot = getCurrentSnapshot();
        Boundary known = boundary;
        if (snapshot == null) {
            return Boundary.NONE;
        }
        if (known == null || known.index() != snapshot.index()) {
            known = new Boundary(snapshot.index(), SnapshotInspection.termOf(snapshot));
            boundary = known;
        }
        return known;
    }

    /** Returns the size of the current snapshot in bytes, 0 if there is none. */
    long size() {
        Snapshot snapshot = getCurrentSnapshot();
        try {
            return snapshot == null ? 0 : Files.size(file(snapshot.index()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file(snapshot.index()), e);
        }
    }

    /**
     * Returns how many bytes of the current snapshot are missing at the end of its file. When Atomix reads such a file it makes
     * it longer, and zeroes what is there.
     */
    long missingBytes() {
        Snapshot snapshot = getCurrentSnapshot();
        if (snapshot == null) {
            return 0;
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file(snapshot.index())))) {
            in.skipNBytes(SnapshotDescriptor.BYTES);
            return Math.max(0, SnapshotDraft.CONTENT_POSITION + (in.readInt() & 0xFFFFFFFFL) - size());
        } catch (EOFException e) {
            return SnapshotDraft.CONTENT_POSITION - size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file(snapshot.index()), e);
        }
    }

    private Path directory() {
        return storage.directory().toPath();
    }

    private Path file(long index) {
        return directory().resolve(storage.prefix() + "-" + index + ".snapshot");
    }

    /**
     * The last entry that a snapshot stands for.
     *
     * @param index its index
     * @param term its term
     */
    record Boundary(long index, long term) {
        static final Boundary NONE = new Boundary(0, 0);

        /** Tells whether a log that ends with this entry is at least as far as the snapshot (Raft §5.4.1). */
        boolean isCoveredBy(long lastIndex, long lastTerm) {
            return lastTerm > term || (lastTerm == term && lastIndex >= index);
        }
    }
}
