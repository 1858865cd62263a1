package dev.roster.server.security;

/** The change would leave nobody with role admin. */
public final class LastAdminException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** Names the last one. */
    public LastAdminException(UserName name) {
        super("user " + name + " is the last admin and can be neither deleted nor given a smaller role");
    }
}
