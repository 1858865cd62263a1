package dev.roster.server.store;

import java.time.Duration;

/** The state is as large as it may be. Nothing was done; reads, deletions and keep-alives go on. */
public final class StateFullException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final long limitBytes;
    private final Duration retryAfter;

    /** Makes the exception. */
    public StateFullException(long limitBytes, Duration retryAfter) {
        super("the store holds as much as it may, " + limitBytes + " bytes");
        this.limitBytes = limitBytes;
        this.retryAfter = retryAfter;
    }

    /** Returns how many bytes keys, values and leases may take. */
    public long limitBytes() {
        return limitBytes;
    }

    /** Returns when to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
