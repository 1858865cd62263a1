package dev.roster.server.coordination;

import java.time.Duration;

/** It has as many claims as it may have. */
public final class TooManyClaimsException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimTarget target;
    private final transient Duration retryAfter;

    /** Makes the exception. */
    public TooManyClaimsException(ClaimTarget target, Duration retryAfter) {
        super(target + " has too many claims");
        this.target = target;
        this.retryAfter = retryAfter;
    }

    /** Returns what was claimed. */
    public ClaimTarget target() {
        return target;
    }

    /** Returns when it is worth while to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
