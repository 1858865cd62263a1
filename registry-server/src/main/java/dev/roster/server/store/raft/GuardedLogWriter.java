package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalSegmentDescriptor;

/**
 * Writes the log, and sees to what Atomix 3.1.12 forgets when the end of it is cut off or a write fails.
 *
 * <ul>
 * <li>Readers read up to two of the largest entries ahead, past the entry at which they stand. When a follower cuts off
 * entries that its leader does not have (Raft §5.3) only readers that stand behind the cut are reset: one that stands
 * before it goes on with the entries that were cut off, so that a member that comes back applies what was never committed,
 * or finds nothing where the lengths differ and never applies anything again. Here {@link MemberLogReader} forgets.
 * <li>Cutting off zeroes a fixed stretch; entries beyond it come back when later ones happen to end where they begin. Here
 * all that follows is erased.
 * <li>A leader that has nothing before its first entry makes a follower throw its whole log away, also what the two share
 * and the follower has acknowledged. Here a log that joins stays, and its entries are compared one by one.
 * <li>A file system without room may write a part of an entry, and say so without an error, for which Atomix does not look:
 * it would be acknowledged torn. Here the member stops.
 * <li>After a write that failed half way the next one is appended behind the debris, where no reader gets to. Here the
 * member stops.
 * <li>After a cut that failed half way the log takes itself for cut off when a leader asks again, though what was cut off may
 * still be on disk. Here the member stops.
 * </ul>
 *
 * <p>Used by the Raft thread only.
 */
final class GuardedLogWriter extends RaftLogWriter {

    /** Length and checksum before each entry. */
    private static final int FRAME_BYTES = 2 * Integer.BYTES;

    private final RaftLogWriter writer;
    private final Log log;

    /**
     * Where the next entry goes.
     *
     * @param segment first index of the file
     * @param position in the file, in bytes
     */
    record End(long segment, long position) {

        /** Returns how much was written since; a new file has had a header from the beginning. */
        long bytesAfter(End before) {
            return position - (segment == before.segment ? before.position : JournalSegmentDescriptor.BYTES);
        }
    }

    @SuppressWarnings("NullAway") // the super class only passes it on to methods that are all overridden here
    GuardedLogWriter(RaftLogWriter writer, Log log) {
        super(null, null);
        this.writer = writer;
        this.log = log;
    }

    @Override
    public void truncate(long index) {
        if (index >= writer.getLastIndex()) {
            return;
        }
        log.beforeCut(index);
        cut(index, () -> writer.truncate(index));
    }

    private void cut(long index, Runnable cut) {
        try {
            cut.run();
            log.afterCut(index);
        } catch (RuntimeException e) {
            log.failed(e);
            throw e;
        }
    }

    @Override
    public void append(Indexed<RaftLogEntry> entry) {
        truncate(entry.index() - 1);
        append(entry.entry());
    }

    @Override
    public <T extends RaftLogEntry> Indexed<T> append(T entry) {
        try {
            End before = log.end();
            Indexed<T> appended = writer.append(entry);
            long written = log.end().bytesAfter(before);
            if (written != appended.size() + FRAME_BYTES) {
                throw new StorageException("of entry " + appended.index() + " only " + written + " bytes were written");
            }
            log.appended(appended.cast());
            return appended;
        } catch (StorageException.TooLarge | StorageException.OutOfDiskSpace e) {
            // Found out before anything was written.
            throw e;
        } catch (RuntimeException e) {
            log.failed(e);
            throw e;
        }
    }

    @Override
    public void reset(long index) {
        if (index >= log.firstIndex() && index <= writer.getLastIndex() + 1) {
            return;
        }
        log.beforeCut(index - 1);
        cut(index - 1, () -> writer.reset(index));
    }

    @Override
    public long getLastIndex() {
        return writer.getLastIndex();
    }

    @Override
    public Indexed<RaftLogEntry> getLastEntry() {
        return writer.getLastEntry();
    }

    @Override
    public long getNextIndex() {
        return writer.getNextIndex();
    }

    @Override
    public void commit(long index) {
        writer.commit(index);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    /** What else there is to do for the log. */
    interface Log {

        /** Returns the index of the first entry that the log has room for. */
        long firstIndex();

        /**
         * Called before entries are cut off.
         *
         * @param index the last entry that stays
         * @throws IllegalStateException if others may count on those after it
         */
        void beforeCut(long index);

        /** Called when entries have been cut off and nothing was written after. */
        void afterCut(long index);

        /** Returns where the next entry goes. */
        End end();

        /** Called when an entry has been written, but not synced. */
        void appended(Indexed<RaftLogEntry> entry);

        /** Called when an entry could not be written, or only a part of it, or entries could not be cut off for good. */
        void failed(RuntimeException cause);
    }
}
