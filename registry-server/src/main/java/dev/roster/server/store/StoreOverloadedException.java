package dev.roster.server.store;

import java.time.Duration;

/** The queue of proposals is full. Nothing was done. */
public final class StoreOverloadedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Makes the exception. */
    public StoreOverloadedException(Duration retryAfter) {
        super("too many commands are waiting");
        this.retryAfter = retryAfter;
    }

    /** Returns when to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
