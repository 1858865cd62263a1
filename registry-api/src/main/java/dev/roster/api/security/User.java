package dev.roster.api.security;

import java.time.Instant;

/**
 * A user.
 *
 * @param name unique, 1 to 63 characters of {@code [a-z0-9._-]}
 * @param role what the user may do
 * @param createdAt when the user was made
 * @param secrets whether the user may read secrets of configuration
 */
public record User(String name, Role role, Instant createdAt, boolean secrets) {

    /** Makes a user who may read no secrets. */
    public User(String name, Role role, Instant createdAt) {
        this(name, role, createdAt, false);
    }
}
