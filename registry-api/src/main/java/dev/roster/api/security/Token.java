package dev.roster.api.security;

import java.time.Instant;

/**
 * A token, without its secret.
 *
 * @param id public id, used to revoke it
 * @param user the user who made it
 * @param role what it may do
 * @param description what it is for
 * @param createdAt when it was made
 * @param expiresAt when it ends
 */
public record Token(String id, String user, Role role, String description, Instant createdAt, Instant expiresAt) {}
