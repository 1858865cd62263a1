package dev.roster.api.registry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of an instance, which counts in place of what it says itself.
 *
 * @param status the status that counts, null when that is left to the instance
 * @param weight the weight that counts, null when that is left to the instance
 * @param metadata entries that count beside those of the instance, and in place of those of the same name; possibly none
 * @param reason why, possibly empty
 * @param by name of the operator
 * @param at when, by the clock of the member that took the request
 */
public record InstanceOverride(@Nullable InstanceStatus status, @Nullable Double weight, Map<String, String> metadata,
        String reason, String by, Instant at) {
    public InstanceOverride {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }
}
