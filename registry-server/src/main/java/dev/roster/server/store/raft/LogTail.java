package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The last entries of the log in memory, without a gap: those that are about to be sent to the others and applied. Bounded
 * by number and by bytes; the oldest go first. Used by the Raft thread only.
 */
final class LogTail {

    /** More than are ever under way. */
    static final int MAX_ENTRIES = 1024;

    /** What followers that lag a little may need again; others read the files. */
    static final long MAX_BYTES = 8L * 1024 * 1024;

    private final ArrayDeque<Indexed<RaftLogEntry>> order = new ArrayDeque<>();
    private final @Nullable Indexed<RaftLogEntry>[] slots = slots();
    private long bytes;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable Indexed<RaftLogEntry>[] slots() {
        return new Indexed[MAX_ENTRIES];
    }

    /** Takes the entry that was appended to the log. */
    void add(Indexed<RaftLogEntry> entry) {
        if (!order.isEmpty() && entry.index() != order.getLast().index() + 1) {
            cutAfter(0);
        }
        while (!order.isEmpty() && (order.size() >= MAX_ENTRIES || bytes + entry.size() > MAX_BYTES)) {
            remove(order.removeFirst());
        }
        order.addLast(entry);
        slots[slotOf(entry.index())] = entry;
        bytes += entry.size();
    }

    /** Returns an entry, or null when only the files have it, or nobody has. */
    @Nullable
    Indexed<RaftLogEntry> find(long index) {
        Indexed<RaftLogEntry> entry = slots[slotOf(index)];
        return entry != null && entry.index() == index ? entry : null;
    }

    /** Forgets the entries after an index. */
    void cutAfter(long index) {
        for (Iterator<Indexed<RaftLogEntry>> last = order.descendingIterator(); last.hasNext();) {
            Indexed<RaftLogEntry> entry = last.next();
            if (entry.index() <= index) {
                return;
            }
            last.remove();
            remove(entry);
        }
    }

    private void remove(Indexed<RaftLogEntry> entry) {
        slots[slotOf(entry.index())] = null;
        bytes -= entry.size();
    }

    private static int slotOf(long index) {
        return (int) (index % MAX_ENTRIES);
    }
}
