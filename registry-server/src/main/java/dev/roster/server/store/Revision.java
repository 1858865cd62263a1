package dev.roster.server.store;

/**
 * A point in the history of the store. Every command that changes a key makes the next one; a transaction makes at most
 * one, whatever the number of its writes. The empty store is at {@link #ZERO}.
 *
 * @param value 0 or more
 */
public record Revision(long value) implements Comparable<Revision> {

    /** The empty store. */
    public static final Revision ZERO = new Revision(0);

    public Revision {
        if (value < 0) {
            throw new InvalidCommandException("revision", value, "0 or more");
        }
    }

    /** Returns the revision after this one. */
    public Revision next() {
        return new Revision(value + 1);
    }

    /** Tells whether this revision is later than another. */
    public boolean isAfter(Revision other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(value, other.value);
    }
}
