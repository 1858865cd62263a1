package dev.roster.server.security;

/** There is no such token, or it is not the caller's. */
public final class TokenNotFoundException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** Names the token. */
    public TokenNotFoundException(TokenId id) {
        super("no token " + id);
    }
}
