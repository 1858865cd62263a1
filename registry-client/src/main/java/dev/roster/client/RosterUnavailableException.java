package dev.roster.client;

import org.jspecify.annotations.Nullable;

/** No address carried the call out within the time for it. It has certainly changed nothing. */
public final class RosterUnavailableException extends RosterException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public RosterUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
