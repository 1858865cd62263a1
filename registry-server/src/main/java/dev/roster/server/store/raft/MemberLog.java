package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.JournalReader;
import io.atomix.storage.journal.JournalSegment;
import io.atomix.storage.journal.SegmentedJournal;
import io.atomix.storage.journal.SegmentedJournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The log as Atomix sees it. It must not cut it at its beginning: {@link SnapshotTaker} does that, and tells Atomix that there
 * is never anything to compact, so that it takes no snapshots of its own. It reads it through a {@link MemberLogReader}.
 */
final class MemberLog extends RaftLog {

    private static final Field JOURNAL = field(RaftLog.class, "journal");
    private static final Field WRITER = field(JournalSegment.class, "writer");
    private static final Field CHANNEL = field(WRITER.getType(), "channel");

    private final SegmentedJournal<RaftLogEntry> journal;
    private final LogTail tail = new LogTail();

    /** Atomix drops readers without closing them. */
    private final Set<MemberLogReader> readers = Collections.newSetFromMap(new WeakHashMap<>());

    /** What readers have open, also those that were dropped: Atomix would keep a channel and 5 MB for each for good. */
    private final Set<SegmentedJournalReader<RaftLogEntry>> files = Collections.newSetFromMap(new IdentityHashMap<>());

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

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not Atomix 3.1.12", e);
        }
    }

    @Override
    public RaftLogReader openReader(long index, JournalReader.Mode mode) {
        // It may take the place of one that is dropped now. A reader that still needs files opens them again.
        readers.forEach(MemberLogReader::closeFiles);
        List.copyOf(files).forEach(this::closeFiles);
        MemberLogReader reader = new MemberLogReader(this, index);
        readers.add(reader);
        return reader;
    }

    /** Opens the files at an index, to be given back. */
    SegmentedJournalReader<RaftLogEntry> openFiles(long index) {
        SegmentedJournalReader<RaftLogEntry> opened = journal.openReader(index);
        files.add(opened);
        return opened;
    }

    /** Returns the file that an entry is in. */
    JournalSegment<RaftLogEntry> fileOf(long index) {
        return journal.segments().stream().filter(segment -> segment.index() <= index).reduce((one, next) -> next)
                .orElseThrow();
    }

    void closeFiles(SegmentedJournalReader<RaftLogEntry> opened) {
        files.remove(opened);
        opened.close();
    }

    void forget(MemberLogReader reader) {
        readers.remove(reader);
    }

    /** Returns the last entries. */
    LogTail tail() {
        return tail;
    }

    /** Has all readers forget the entries after an index, which were cut off. */
    void cutAfter(long index) {
        tail.cutAfter(index);
        readers.forEach(reader -> reader.cutAfter(index));
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

    /** Returns the index of the last entry; one less than the first when there is none. */
    long lastIndex() {
        return journal.writer().getLastIndex();
    }

    /** Returns where the next entry goes. */
    GuardedLogWriter.End end() {
        JournalSegment<RaftLogEntry> last = journal.segments().stream().reduce((one, next) -> next).orElseThrow();
        try {
            return new GuardedLogWriter.End(last.index(), ((FileChannel) CHANNEL.get(WRITER.get(last))).position());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + last, e);
        }
    }

    /** Tells whether there is a file that begins after this index. */
    boolean hasSegmentAfter(long index) {
        return !journal.segments(index + 1).isEmpty();
    }
}
