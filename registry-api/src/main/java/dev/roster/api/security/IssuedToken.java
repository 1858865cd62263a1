package dev.roster.api.security;

/**
 * A new token with its secret, which is shown this once.
 *
 * @param secret what goes into {@code Authorization: Bearer …}
 * @param token everything else about it
 */
public record IssuedToken(String secret, Token token) {
    @Override
    public String toString() {
        return "IssuedToken[secret=***, token=" + token + "]";
    }
}
