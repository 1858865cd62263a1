package dev.roster.api.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes or changes a user.
 *
 * @param role what the user may do; null keeps the present one
 * @param password 12 to 200 characters; null keeps the present one; required for a new user
 * @param secrets whether the user may read the secrets of configuration of all namespaces; with both this and the namespaces null
 *     what is stays, which is none for a new user
 * @param secretNamespaces of which namespaces the user may read them, if not of all
 */
public record UserRequest(@Nullable Role role, @Nullable String password, @Nullable Boolean secrets,
        @Nullable List<String> secretNamespaces) {

    /** Makes or changes a user without a word on secrets. */
    public UserRequest(@Nullable Role role, @Nullable String password) {
        this(role, password, null, null);
    }

    @Override
    public String toString() {
        return "UserRequest[role=" + role + ", password=" + (password == null ? "null" : "***") + ", secrets=" + secrets
                + ", secretNamespaces=" + secretNamespaces + "]";
    }
}
