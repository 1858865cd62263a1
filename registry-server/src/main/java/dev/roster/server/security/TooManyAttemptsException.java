package dev.roster.server.security;

import java.time.Duration;

/** Too many log-ins have failed for a user or from an address; none is looked at for a while. */
public final class TooManyAttemptsException extends AccessException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Makes the exception. */
    public TooManyAttemptsException(Duration retryAfter) {
        super("too many failed log-ins, try again in " + Math.max(1, retryAfter.toSeconds()) + " s");
        this.retryAfter = retryAfter;
    }

    /** Returns after how long an attempt is looked at again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
