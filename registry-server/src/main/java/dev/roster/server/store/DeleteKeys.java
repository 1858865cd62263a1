package dev.roster.server.store;

/**
 * Deletes all keys of a range.
 *
 * @param range the range
 * @param withPrevious whether the result tells the keys that were deleted, and not their number alone
 */
public record DeleteKeys(KeyRange range, boolean withPrevious) implements Operation {

    /** Deletes a range and tells the keys that were in it. */
    public DeleteKeys(KeyRange range) {
        this(range, true);
    }

    /** Deletes one key. */
    public DeleteKeys(Key key) {
        this(KeyRange.of(key));
    }

    /** Returns the same with nothing but a number in its result: cheaper where ranges are long. */
    public DeleteKeys withoutPrevious() {
        return new DeleteKeys(range, false);
    }
}
