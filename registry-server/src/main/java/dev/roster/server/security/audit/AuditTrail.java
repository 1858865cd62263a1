package dev.roster.server.security.audit;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the audit log. May be used by any thread; shows this member's replica. */
public final class AuditTrail {

    /** Most entries that one page looks at. */
    static final int MAX_LOOKED_AT = 5_000;

    private static final int READ_AT_ONCE = 500;

    private final Store store;

    /** Makes it. */
    public AuditTrail(Store store) {
        this.store = store;
    }

    /**
     * Lists entries, newest first.
     *
     * @param limit most entries wanted, 1 or more
     * @param revision the revision of the pages before, null for the first page
     * @param before the number before which to begin, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public AuditPage list(Caller caller, AuditQuery query, int limit, @Nullable Long revision, @Nullable Long before) {
        caller.require(Role.ADMIN);
        ReadView view = revision == null ? store.view() : store.viewAt(new Revision(revision));
        long end = before == null ? mark(view, AuditKeys.HEAD, AuditMark.START).number() : before - 1;
        long first = mark(view, AuditKeys.ANCHOR, AuditMark.START).number() + 1;
        List<AuditLink> found = new ArrayList<>();
        long lookedAt = 0;
        while (end >= first) {
            long from = Math.max(first, end - READ_AT_ONCE + 1);
            for (KeyValue stored : view.read(AuditKeys.entries(from, end), READ_AT_ONCE).keys().reversed()) {
                AuditLink link = AuditLink.read(stored);
                if (query.matches(link.entry())) {
                    found.add(link);
                }
                lookedAt++;
                if (found.size() == limit || lookedAt == MAX_LOOKED_AT) {
                    return new AuditPage(view.revision().value(), found, link.number() > first ? link.number() : null);
                }
            }
            end = from - 1;
        }
        return new AuditPage(view.revision().value(), found, null);
    }

    /** Follows the chain from its first entry to its last, and tells the first that does not fit. */
    public AuditVerdict verify(Caller caller) {
        caller.require(Role.ADMIN);
        ReadView view = store.view();
        ChainCheck check = new ChainCheck(mark(view, AuditKeys.ANCHOR, AuditMark.START));
        KeyRange range = AuditKeys.ENTRIES;
        boolean more = true;
        while (more && !check.isOver()) {
            KeysRead read = view.read(range, READ_AT_ONCE);
            read.keys().forEach(check::add);
            more = read.more();
            range = more ? range.after(read.keys().getLast().key()) : range;
        }
        return check.verdict(view.revision().value(), mark(view, AuditKeys.HEAD, AuditMark.START),
                view.count(AuditKeys.PENDING));
    }

    private static AuditMark mark(ReadView view, Key key, AuditMark otherwise) {
        return view.find(key).map(AuditMark::read).orElse(otherwise);
    }
}
