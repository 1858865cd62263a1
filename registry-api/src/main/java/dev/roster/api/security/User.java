package dev.roster.api.security;

import java.time.Instant;
import java.util.List;

/**
 * A user.
 *
 * @param name unique, 1 to 63 characters of {@code [a-z0-9._-]}
 * @param role what the user may do
 * @param createdAt when the user was made
 * @param secrets whether the user may read the secrets of configuration of all namespaces
 * @param secretNamespaces of which namespaces the user may read them otherwise
 */
public record User(String name, Role role, Instant createdAt, boolean secrets, List<String> secretNamespaces) {

    /** Takes an answer without namespaces for one that names none. */
    public User {
        secretNamespaces = secretNamespaces == null ? List.of() : List.copyOf(secretNamespaces);
    }

    /** Makes a user who may read no secrets. */
    public User(String name, Role role, Instant createdAt) {
        this(name, role, createdAt, false, List.of());
    }
}
