package dev.roster.server.store;

import java.time.Duration;

/** The disk of this member is nearly full. Nothing was done; reads go on. */
public final class StoreFullException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Makes the exception. */
    public StoreFullException(Duration retryAfter) {
        super("the disk of this member is nearly full");
        this.retryAfter = retryAfter;
    }

    /** Returns when to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
