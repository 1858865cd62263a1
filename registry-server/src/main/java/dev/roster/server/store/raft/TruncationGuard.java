package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;

/**
 * Writes the log, and has readers forget what they have read ahead when its end is cut off.
 *
 * <p>Readers of Atomix 3.1.12 read up to two of the largest entries ahead, past the entry at which they stand. When a
 * follower cuts off entries that its leader does not have (Raft §5.3) only readers that stand behind the cut are reset: one
 * that stands before it goes on with the entries that were cut off, so that a member that comes back applies what was never
 * committed, or finds nothing where the lengths differ and never applies anything again.
 */
final class TruncationGuard extends RaftLogWriter {

    private final RaftLogWriter writer;
    private final Runnable readersForget;

    @SuppressWarnings("NullAway") // the super class only passes it on to methods that are all overridden here
    TruncationGuard(RaftLogWriter writer, Runnable readersForget) {
        super(null, null);
        this.writer = writer;
        this.readersForget = readersForget;
    }

    @Override
    public void truncate(long index) {
        boolean cuts = index < writer.getLastIndex();
        writer.truncate(index);
        if (cuts) {
            readersForget.run();
        }
    }

    @Override
    public void append(Indexed<RaftLogEntry> entry) {
        boolean cuts = entry.index() <= writer.getLastIndex();
        writer.append(entry);
        if (cuts) {
            readersForget.run();
        }
    }

    @Override
    public <T extends RaftLogEntry> Indexed<T> append(T entry) {
        return writer.append(entry);
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
    public void reset(long index) {
        writer.reset(index);
        readersForget.run();
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }
}
