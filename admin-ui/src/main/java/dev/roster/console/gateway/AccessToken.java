package dev.roster.console.gateway;

/**
 * The secret of a token, kept out of logs.
 *
 * @param secret what goes into {@code Authorization: Bearer …}
 */
public record AccessToken(String secret) {
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
