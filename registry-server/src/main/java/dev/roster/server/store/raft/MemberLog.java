package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.JournalSegment;
import io.atomix.storage.journal.SegmentedJournal;
import java.lang.reflect.Field;
import java.util.Collection;

/**
 * The log as Atomix sees it, which it must not cut at its beginning: {@link SnapshotTaker} does that, and tells Atomix that
 * there is never anything to compact, so that it takes no snapshots of its own.
 */
final class MemberLog extends RaftLog {

    private static final Field JOURNAL = journalField();

    private final SegmentedJournal<RaftLogEntry> journal;

    private MemberLog(SegmentedJournal<RaftLogEntry> journal) {
        super(journal, false);
        this.journal = journal;
    }

    @SuppressWarnings("unchecked")
    static MemberLog over(RaftLog log) {
        try {
            return new MemberLog((SegmentedJournal<RaftLogEntry>) JOURNAL.get(log));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        }
    }

    private static Field journalField() {
        try {
            Field field = RaftLog.class.getDeclaredField("journal");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not Atomix 3.1.12", e);
        }
    }

    /** Always false: see above. */
    @Override
    public boolean isCompactable(long index) {
        return false;
    }

    /** Returns the files of the log, ordered by index. */
    Collection<JournalSegment<RaftLogEntry>> segments() {
        return journal.segments();
    }

    /** Returns the index of the first entry that the log has room for; those before are in a snapshot. */
    long firstIndex() {
        return journal.segments().iterator().next().index();
    }

    /** Tells whether there is a file that begins after this index. */
    boolean hasSegmentAfter(long index) {
        return !journal.segments(index + 1).isEmpty();
    }
}
