package dev.roster.system.fault;

/**
 * What the holder of a lease did with it and was told. Times are of one clock that does not jump, in nanoseconds.
 *
 * @param ttl that was asked for
 * @param began before it was sent
 * @param ended after it was answered, or given up
 */
record LeaseStep(Kind kind, long lease, long ttl, long began, long ended, Outcome outcome) {

    enum Kind {
        GRANT, KEEP_ALIVE,
        /** A key is attached. */
        ATTACH, REVOKE
    }

    enum Outcome {
        DONE,
        /** There is no such lease (any more). */
        GONE,
        /** It may have been done, or may yet. */
        UNKNOWN
    }

    /** Returns until when the lease lives at least, if this is what promises it. */
    long promisedUntil() {
        return began + ttl;
    }

    boolean isPromise() {
        return outcome == Outcome.DONE && (kind == Kind.GRANT || kind == Kind.KEEP_ALIVE);
    }

    @Override
    public String toString() {
        return "%s of lease %x, ttl %d ms, %s".formatted(kind, lease, ttl / 1_000_000, outcome);
    }
}
