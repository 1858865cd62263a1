package dev.roster.api.config;

import java.time.Instant;

/**
 * A data key, without the key itself.
 *
 * @param id 16 hexadecimal digits
 * @param number 1 for the first of the namespace
 * @param createdAt when it was made
 * @param createdBy name of the user on whose behalf
 * @param masterKey id of the master key that wraps it
 * @param usable whether the member that answers can unwrap it
 */
public record SecretKey(String id, long number, Instant createdAt, String createdBy, String masterKey,
        boolean usable) {}
