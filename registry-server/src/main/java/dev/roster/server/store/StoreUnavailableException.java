package dev.roster.server.store;

import java.time.Duration;

/** There is no leader, or the store is starting or stopping. Nothing was done. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Makes the exception. */
    public StoreUnavailableException(Duration retryAfter) {
        super("the store has no leader now");
        this.retryAfter = retryAfter;
    }

    /** Returns when to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
