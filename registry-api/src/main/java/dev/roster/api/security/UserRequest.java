package dev.roster.api.security;

import org.jspecify.annotations.Nullable;

/**
 * Makes or changes a user.
 *
 * @param role what the user may do; null keeps the present one
 * @param password 12 to 200 characters; null keeps the present one; required for a new user
 * @param secrets whether the user may read secrets of configuration; null keeps what is, which is no for a new user
 */
public record UserRequest(@Nullable Role role, @Nullable String password, @Nullable Boolean secrets) {

    /** Makes or changes a user without a word on secrets. */
    public UserRequest(@Nullable Role role, @Nullable String password) {
        this(role, password, null);
    }

    @Override
    public String toString() {
        return "UserRequest[role=" + role + ", password=" + (password == null ? "null" : "***") + ", secrets=" + secrets
                + "]";
    }
}
