package dev.roster.server.config.secret;

import org.jspecify.annotations.Nullable;

/** This member has no master key, or not the one that is needed, or cannot reach whoever keeps it. */
public final class MasterKeyUnavailableException extends SecretException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message which key, why, and what to do; no part of a key
     * @param cause what went wrong, null if nothing did
     */
    public MasterKeyUnavailableException(String message, @Nullable Throwable cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
    }
}
