package dev.roster.server.security;

import java.time.Instant;

/**
 * A user, without the password.
 *
 * @param name its name
 * @param role what the user may do
 * @param createdAt when the user was made, by the clock of the member that took the request
 */
public record User(UserName name, Role role, Instant createdAt) {}
