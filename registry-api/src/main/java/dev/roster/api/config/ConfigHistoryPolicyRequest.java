package dev.roster.api.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sets how much history a namespace keeps of each item.
 *
 * @param maxVersions 2 to 1,000; needed
 * @param maxAge 1 to 3,650 days; null for no such bound
 */
public record ConfigHistoryPolicyRequest(@Nullable Integer maxVersions, @Nullable Duration maxAge) {}
