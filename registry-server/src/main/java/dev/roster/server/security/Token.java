package dev.roster.server.security;

import java.time.Instant;

/**
 * A token, without its secret.
 *
 * @param id names it
 * @param user the user who made it
 * @param role what it may do, unless the user may do less by now
 * @param description what it is for
 * @param createdAt when it was made
 * @param expiresAt when it ends
 * @param secrets of which namespaces it may read the secrets of configuration, as far as its user could still give that right
 */
public record Token(TokenId id, UserName user, Role role, String description, Instant createdAt, Instant expiresAt,
        SecretsRight secrets) {}
