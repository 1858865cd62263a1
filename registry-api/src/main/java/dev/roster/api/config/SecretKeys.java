package dev.roster.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data keys that encrypt the secrets of a namespace.
 *
 * @param namespace the namespace
 * @param current id of the key that encrypts, null if the namespace has no secret
 * @param keys the newest first, without the keys themselves
 * @param rotation the last rotation, null if there was none
 */
public record SecretKeys(String namespace, @Nullable String current, List<SecretKey> keys,
        @Nullable SecretRotation rotation) {
    public SecretKeys {
        keys = List.copyOf(keys);
    }
}
