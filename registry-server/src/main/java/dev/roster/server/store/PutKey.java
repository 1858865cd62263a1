package dev.roster.server.store;

/**
 * Writes a key.
 *
 * @param key the key
 * @param value its new value
 * @param lease deletes the key when it ends; it must exist when the command is applied; {@link LeaseId#NONE} detaches
 */
public record PutKey(Key key, Value value, LeaseId lease) implements Operation {

    /** Writes a key that lives until it is deleted. */
    public PutKey(Key key, Value value) {
        this(key, value, LeaseId.NONE);
    }
}
