package dev.roster.server.store;

/**
 * Writes a key.
 *
 * @param key the key
 * @param value its new value
 * @param lease deletes the key when it ends; it must exist when the command is applied; {@link LeaseId#NONE} detaches
 * @param withPrevious whether the result tells what was there before
 */
public record PutKey(Key key, Value value, LeaseId lease, boolean withPrevious) implements Operation {

    /** Writes a key and tells what was there before. */
    public PutKey(Key key, Value value, LeaseId lease) {
        this(key, value, lease, true);
    }

    /** Writes a key that lives until it is deleted, and tells what was there before. */
    public PutKey(Key key, Value value) {
        this(key, value, LeaseId.NONE);
    }

    /** Returns the same without the key before in its result: cheaper where values are large. */
    public PutKey withoutPrevious() {
        return new PutKey(key, value, lease, false);
    }
}
