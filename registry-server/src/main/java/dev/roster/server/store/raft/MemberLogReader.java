package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalSegment;
import io.atomix.storage.journal.SegmentedJournalReader;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log: what was appended a moment ago from memory, the rest from the files.
 *
 * <p>The reader of Atomix 3.1.12 reads twice the largest entry, 5 MB, whenever it is asked whether there is more behind the
 * last entry, and it is asked for every entry, for every follower, and to apply it: milliseconds each. What it has read
 * ahead it keeps when the log is cut and written anew. Each file that it has read to the end it leaves open, with a buffer of
 * 5 MB, until that is deleted. It takes an empty file at the end for a follower that has nothing and
 * sends it a snapshot. Here files are opened only by a reader that is behind.
 *
 * <p>Positions are those of Atomix: {@link #getNextIndex} is never before the first entry of the log, nor more than one behind
 * its last; the current entry is the one before. Used by the Raft thread only.
 */
final class MemberLogReader extends RaftLogReader {

    private final MemberLog log;
    private @Nullable SegmentedJournalReader<RaftLogEntry> files;
    private @Nullable JournalSegment<RaftLogEntry> file;
    private @Nullable Indexed<RaftLogEntry> current;
    private long next;

    @SuppressWarnings("NullAway") // the super class only passes it on to methods that are all overridden here
    MemberLogReader(MemberLog log, long index) {
        super(null, log, Mode.ALL);
        this.log = log;
        moveTo(index);
    }

    @Override
    public long getFirstIndex() {
        return log.firstIndex();
    }

    @Override
    public long getCurrentIndex() {
        Indexed<RaftLogEntry> entry = getCurrentEntry();
        return entry == null ? 0 : entry.index();
    }

    /** Returns the entry before the next one; null at the beginning of the log. */
    @Override
    public @Nullable Indexed<RaftLogEntry> getCurrentEntry() {
        skipCompacted();
        return current;
    }

    @Override
    public long getNextIndex() {
        skipCompacted();
        return next;
    }

    @Override
    public boolean hasNext() {
        skipCompacted();
        return next <= log.lastIndex() && (log.tail().find(next) != null || filesAt(next).hasNext());
    }

    @Override
    public Indexed<RaftLogEntry> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("entry " + next);
        }
        Indexed<RaftLogEntry> entry = log.tail().find(next);
        if (entry == null) {
            entry = filesAt(next).next();
        } else {
            closeFiles();
        }
        current = entry;
        next++;
        return entry;
    }

    @Override
    public void reset() {
        moveTo(log.firstIndex());
    }

    @Override
    public void reset(long index) {
        moveTo(index);
    }

    /** Forgets what was read of entries that have been cut off. */
    void cutAfter(long index) {
        closeFiles();
        if (next > index + 1) {
            moveTo(index + 1);
        }
    }

    private void skipCompacted() {
        if (next < log.firstIndex()) {
            moveTo(next);
        }
    }

    private void moveTo(long index) {
        next = Math.clamp(index, log.firstIndex(), log.lastIndex() + 1);
        current = next > log.firstIndex() ? entry(next - 1) : null;
    }

    private @Nullable Indexed<RaftLogEntry> entry(long index) {
        Indexed<RaftLogEntry> recent = log.tail().find(index);
        if (recent != null) {
            return recent;
        }
        SegmentedJournalReader<RaftLogEntry> reader = filesAt(index);
        return reader.hasNext() ? reader.next() : null;
    }

    private SegmentedJournalReader<RaftLogEntry> filesAt(long index) {
        if (file == null || !file.isOpen() || index < file.index() || index > file.lastIndex()) {
            closeFiles();
        }
        if (files == null) {
            file = log.fileOf(index);
            files = log.openFiles(index);
        } else if (files.getNextIndex() != index) {
            files.reset(index);
        }
        return files;
    }

    /** Gives back what it has open; it opens it again when it needs it. */
    void closeFiles() {
        if (files != null) {
            log.closeFiles(files);
            files = null;
            file = null;
        }
    }

    @Override
    public void close() {
        closeFiles();
        log.forget(this);
    }

    @Override
    public String toString() {
        return "MemberLogReader[next=" + next + "]";
    }
}
