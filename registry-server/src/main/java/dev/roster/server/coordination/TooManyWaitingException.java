package dev.roster.server.coordination;

import java.time.Duration;

/** As many requests wait as this member lets wait. */
public final class TooManyWaitingException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /** Makes the exception. */
    public TooManyWaitingException(Duration retryAfter) {
        super("too many requests wait");
        this.retryAfter = retryAfter;
    }

    /** Returns when it is worth while to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
