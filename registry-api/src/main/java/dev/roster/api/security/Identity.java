package dev.roster.api.security;

/**
 * Who the server takes the caller for.
 *
 * @param name name of the user
 * @param role what the caller may do: the user's role, or the token's
 */
public record Identity(String name, Role role) {}
