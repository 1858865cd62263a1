package dev.roster.server.security;

/** The change does not fit the present state of users and tokens. */
public final class AccessConflictException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public AccessConflictException(String message) {
        super(message);
    }
}
