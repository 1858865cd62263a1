package dev.roster.client;

import org.jspecify.annotations.Nullable;

/**
 * A call to Roster that did not succeed: the server {@linkplain RosterRejectedException refused} it,
 * {@linkplain RosterUnavailableException could not} carry it out, or {@linkplain RosterOutcomeUnknownException may or may
 * not} have carried it out.
 */
public abstract sealed class RosterException extends RuntimeException
        permits RosterRejectedException, RosterUnavailableException, RosterOutcomeUnknownException {
    private static final long serialVersionUID = 1L;

    RosterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
