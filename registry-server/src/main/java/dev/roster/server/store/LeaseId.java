package dev.roster.server.store;

/**
 * Names a lease. Chosen by the proposer, at random, and never reused within a cluster.
 *
 * @param value 0 means no lease
 */
public record LeaseId(long value) {

    /** Stands for the absence of a lease. */
    public static final LeaseId NONE = new LeaseId(0);

    /** Tells whether this names no lease. */
    public boolean isNone() {
        return value == 0;
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
