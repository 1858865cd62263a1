package dev.roster.api.security;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token.
 *
 * @param description what it is for, 1 to 200 characters
 * @param role what it may do, at most what the caller may; null means the caller's role
 * @param ttl how long it is valid, 1 min to 366 days; null means 12 hours
 * @param secrets whether it may read the secrets of configuration of all namespaces; the caller must have that right or be an
 *     admin; null means no
 * @param secretNamespaces of which namespaces it may read them, if not of all; null means none
 */
public record TokenRequest(@Nullable String description, @Nullable Role role, @Nullable Duration ttl,
        @Nullable Boolean secrets, @Nullable List<String> secretNamespaces) {

    /** Asks for a token that may read no secrets. */
    public TokenRequest(@Nullable String description, @Nullable Role role, @Nullable Duration ttl) {
        this(description, role, ttl, null, null);
    }
}
