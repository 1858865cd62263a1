package dev.roster.api.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to count of an instance in place of what it says itself; at least one of status, weight and metadata.
 *
 * @param status the status; null leaves it to the instance
 * @param weight the weight, 0 to 10,000; null leaves it to the instance
 * @param metadata entries that count beside those of the instance; null means none
 * @param reason why, to 200 characters; null means that none is given
 */
public record OverrideRequest(@Nullable InstanceStatus status, @Nullable Double weight,
        @Nullable Map<String, String> metadata, @Nullable String reason) {}
