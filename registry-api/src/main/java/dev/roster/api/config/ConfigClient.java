package dev.roster.api.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for configuration: what gray releases choose by.
 *
 * @param instance id of the instance, by which a percentage is told; null is never among a percentage
 * @param address its IP address, null for the one that the request comes from
 * @param labels what else is known of it, at most 20; null means none
 */
public record ConfigClient(@Nullable String instance, @Nullable String address, @Nullable Map<String, String> labels) {}
