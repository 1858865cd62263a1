package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Gathers the changes of the next revision. They go into the contents at once, where readers at earlier revisions pass over
 * them, and are shown together by {@link #publish}. Nothing is undone: whoever writes has checked everything before.
 */
final class RevisionWriter {
    private final Contents contents;
    private final Revision next;
    private @Nullable Version first;
    private @Nullable Version last;

    RevisionWriter(Contents contents) {
        this.contents = contents;
        this.next = contents.revision().next();
    }

    /** Puts a key into contents that are being built, as of before their first revision. */
    static void load(Contents contents, Key key, Value value, Revision created, Revision modified, long version,
            LeaseId lease) {
        RevisionWriter writer = new RevisionWriter(contents);
        LeaseId attached = writer.attach(key, lease, null);
        contents.load(new KeyValue(key, value, created, modified, version, attached));
    }

    /** Writes a key; attaches it to the lease if that exists. Returns what was there before. */
    @Nullable
    KeyValue put(Key key, Value value, LeaseId lease) {
        KeyChain chain = contents.keys.find(key);
        Version previous = chain == null ? null : chain.newest();
        KeyValue before = previous == null ? null : previous.current;
        Key known = previous == null ? key : previous.key;
        LeaseId attached = attach(known, lease, before);
        Revision created = before == null ? next : before.created();
        long count = before == null ? 1 : before.version() + 1;
        KeyValue after = new KeyValue(known, value, created, next, count, attached);
        Version version = new Version(known, next.value(), after, previous);
        if (chain == null) {
            contents.keys.add(version);
        } else {
            chain.add(version);
        }
        link(version);
        return before;
    }

    /** Deletes a key. Returns what was there before, null if nothing was, and then nothing has changed. */
    @Nullable
    KeyValue delete(KeyChain chain) {
        Version previous = chain.newest();
        KeyValue before = previous.current;
        if (before != null) {
            detach(before);
            Version version = new Version(previous.key, next.value(), null, previous);
            chain.add(version);
            link(version);
        }
        return before;
    }

    /** Shows the changes as the next revision, if there are any. Returns the revision after that. */
    Revision publish() {
        if (first == null) {
            return contents.revision();
        }
        contents.publish(next, first);
        return next;
    }

    /** Returns the revision as of which the changes so far would be seen. */
    Revision reached() {
        return first == null ? contents.revision() : next;
    }

    private void link(Version version) {
        if (last == null) {
            first = version;
        } else {
            last.next = version;
        }
        last = version;
    }

    /** Returns the id of the lease as the table holds it, so that a thousand keys of a lease share one object. */
    private LeaseId attach(Key key, LeaseId lease, @Nullable KeyValue before) {
        if (before != null && !before.lease().equals(lease)) {
            detach(before);
        }
        if (lease.isNone()) {
            return LeaseId.NONE;
        }
        LeaseTable.Holding holding = contents.leases.find(lease);
        if (holding == null) {
            return lease;
        }
        holding.attach(key);
        return holding.lease.id();
    }

    private void detach(KeyValue keyValue) {
        if (!keyValue.lease().isNone()) {
            LeaseTable.Holding holding = contents.leases.find(keyValue.lease());
            if (holding != null) {
                holding.detach(keyValue.key());
            }
        }
    }
}
