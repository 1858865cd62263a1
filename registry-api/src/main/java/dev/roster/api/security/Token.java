package dev.roster.api.security;

import java.time.Instant;
import java.util.List;

/**
 * A token, without its secret.
 *
 * @param id public id, used to revoke it
 * @param user the user who made it
 * @param role what it may do
 * @param description what it is for
 * @param createdAt when it was made
 * @param expiresAt when it ends
 * @param secrets whether it may read the secrets of configuration of all namespaces
 * @param secretNamespaces of which namespaces it may read them otherwise
 */
public record Token(String id, String user, Role role, String description, Instant createdAt, Instant expiresAt,
        boolean secrets, List<String> secretNamespaces) {

    /** Takes an answer without namespaces for one that names none. */
    public Token {
        secretNamespaces = secretNamespaces == null ? List.of() : List.copyOf(secretNamespaces);
    }

    /** Makes a token that may read no secrets. */
    public Token(String id, String user, Role role, String description, Instant createdAt, Instant expiresAt) {
        this(id, user, role, description, createdAt, expiresAt, false, List.of());
    }
}
