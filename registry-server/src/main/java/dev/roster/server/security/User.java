package dev.roster.server.security;

import java.time.Instant;

/**
 * A user, without the password.
 *
 * @param name its name
 * @param role what the user may do
 * @param createdAt when the user was made, by the clock of the member that took the request
 * @param secrets of which namespaces the user may read the secrets of configuration
 */
public record User(UserName name, Role role, Instant createdAt, SecretsRight secrets) {

    /** Makes a user who may read no secrets. */
    public User(UserName name, Role role, Instant createdAt) {
        this(name, role, createdAt, SecretsRight.NONE);
    }

    /** Returns which right to read secrets the user may give to tokens: the own one, and any to whoever could give it to themselves. */
    SecretsRight givesSecrets() {
        return role == Role.ADMIN ? SecretsRight.EVERYWHERE : secrets;
    }
}
