package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * One change of one key, and a link of two lists: the older versions of the same key, and the other changes of the same
 * revision. Written by the thread that applies before the revision is published, apart from {@link #previous}, which
 * compaction cuts later: readers who may still follow it are turned away by the check that {@link RevisionView} makes.
 */
final class Version {
    final Key key;
    final long revision;

    /** The key after the change, null if it was deleted. */
    final @Nullable KeyValue current;

    /** The version before; null if there was none or it is compacted. */
    @Nullable
    Version previous;

    /** The change that came next at the same revision, in the order of the transaction. */
    @Nullable
    Version next;

    Version(Key key, long revision, @Nullable KeyValue current, @Nullable Version previous) {
        this.key = key;
        this.revision = revision;
        this.current = current;
        this.previous = previous;
    }

    /** Returns the change as watches see it. */
    KeyEvent event() {
        Version before = previous;
        return new KeyEvent(key, current, before == null ? null : before.current);
    }
}
