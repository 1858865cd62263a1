package dev.roster.api.security;

import org.jspecify.annotations.Nullable;

/**
 * Makes or changes a user.
 *
 * @param role what the user may do; null keeps the present one
 * @param password 12 to 200 characters; null keeps the present one; required for a new user
 */
public record UserRequest(@Nullable Role role, @Nullable String password) {
    @Override
    public String toString() {
        return "UserRequest[role=" + role + ", password=" + (password == null ? "null" : "***") + "]";
    }
}
