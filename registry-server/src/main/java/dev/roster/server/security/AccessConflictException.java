package dev.roster.server.security;

/** Others changed the same users or tokens again and again meanwhile. */
public final class AccessConflictException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** Says what was to be changed. */
    public AccessConflictException(String what) {
        super(what + " was changed by others at the same time");
    }
}
