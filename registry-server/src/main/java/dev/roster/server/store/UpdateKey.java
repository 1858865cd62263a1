package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Writes a key that exists and keeps its value, its lease, or both; a key that does not exist before the transaction is
 * refused with {@link KeyNotFoundException}. It is a write like any other: revision and version count on.
 *
 * @param key the key
 * @param value its new value; null keeps the one that it has
 * @param lease its new lease, as in {@link PutKey}; null keeps the one that it has
 * @param withPrevious whether the result tells what was there before
 */
public record UpdateKey(Key key, @Nullable Value value, @Nullable LeaseId lease, boolean withPrevious)
        implements
            Operation {

    /** Writes a value and keeps the lease. */
    public static UpdateKey keepingLease(Key key, Value value) {
        return new UpdateKey(key, value, null, true);
    }

    /** Attaches to a lease, or to none, and keeps the value. */
    public static UpdateKey keepingValue(Key key, LeaseId lease) {
        return new UpdateKey(key, null, lease, true);
    }

    /** Returns the same without the key before in its result. */
    public UpdateKey withoutPrevious() {
        return new UpdateKey(key, value, lease, false);
    }
}
