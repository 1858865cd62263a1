package dev.roster.server.security.audit;

import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.KeyValue;
import org.jspecify.annotations.Nullable;

/** Follows a chain entry by entry, up to the first that does not fit. For one thread. */
final class ChainCheck {
    private final AuditMark anchor;
    private AuditMark mark;
    private AuditVerdict.@Nullable Flaw flaw;

    /**
     * Begins.
     *
     * @param anchor the last entry that was dropped
     */
    ChainCheck(AuditMark anchor) {
        this.anchor = anchor;
        this.mark = anchor;
    }

    boolean isOver() {
        return flaw != null;
    }

    /** Takes the next entry, in the order of keys. */
    void add(KeyValue stored) {
        if (flaw != null) {
            return;
        }
        long expected = mark.number() + 1;
        try {
            AuditLink link = AuditLink.read(stored);
            if (!stored.key().equals(AuditKeys.entry(expected)) || link.number() != expected) {
                flaw = new AuditVerdict.Flaw(expected, "it is missing, or another one is in its place");
            } else if (!link.previous().equals(mark.hash())) {
                flaw = new AuditVerdict.Flaw(expected,
                        "the hash that it names is not that of the entry before: that one was changed or exchanged");
            } else if (!link.isGenuine()) {
                flaw = new AuditVerdict.Flaw(expected, "it was changed: its hash is another");
            } else {
                link.entry();
                mark = link.mark();
            }
        } catch (CorruptStateException | IllegalArgumentException e) {
            flaw = new AuditVerdict.Flaw(expected, "it cannot be read: " + e.getMessage());
        }
    }

    /**
     * Returns what came of it.
     *
     * @param head where the chain should end
     */
    AuditVerdict verdict(long revision, AuditMark head, long pending) {
        if (flaw == null && !mark.equals(head)) {
            flaw = new AuditVerdict.Flaw(Math.min(mark.number(), head.number()) + 1,
                    mark.number() < head.number()
                            ? "it is missing, and all behind it up to " + head.number()
                            : "it is behind the end of the chain, or the end was changed");
        }
        return new AuditVerdict(revision, anchor.number() + 1, head.number(), mark.number() - anchor.number(),
                head.hash(), pending, flaw);
    }
}
