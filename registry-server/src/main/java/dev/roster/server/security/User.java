package dev.roster.server.security;

import java.time.Instant;

/**
 * A user, without the password.
 *
 * @param name its name
 * @param role what the user may do
 * @param createdAt when the user was made, by the clock of the member that took the request
 * @param secrets whether the user may read secrets of configuration
 */
public record User(UserName name, Role role, Instant createdAt, boolean secrets) {

    /** Makes a user who may read no secrets. */
    public User(UserName name, Role role, Instant createdAt) {
        this(name, role, createdAt, false);
    }

    /** Tells whether the user may give tokens the right to read secrets: who has it, and who could give it to themselves. */
    boolean givesSecrets() {
        return secrets || role == Role.ADMIN;
    }
}
