package dev.roster.client;

import org.jspecify.annotations.Nullable;

/**
 * The call was sent and may or may not have been carried out: the answer was lost, or the server itself does not know.
 * Read the present state before deciding whether to repeat it.
 */
public final class RosterOutcomeUnknownException extends RosterException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public RosterOutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
