package dev.roster.server.store;

/**
 * Deletes all keys of a range.
 *
 * @param range the range
 */
public record DeleteKeys(KeyRange range) implements Operation {

    /** Deletes one key. */
    public DeleteKeys(Key key) {
        this(KeyRange.of(key));
    }
}
