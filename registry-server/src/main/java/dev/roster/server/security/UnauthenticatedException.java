package dev.roster.server.security;

/** The credentials are missing or not accepted. The message does not tell which part of them is wrong. */
public final class UnauthenticatedException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** Says what was expected. */
    public UnauthenticatedException(String message) {
        super(message);
    }
}
