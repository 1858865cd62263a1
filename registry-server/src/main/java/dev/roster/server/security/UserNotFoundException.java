package dev.roster.server.security;

/** There is no such user. */
public final class UserNotFoundException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** Names the user. */
    public UserNotFoundException(UserName name) {
        super("no user " + name);
    }
}
