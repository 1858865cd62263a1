package dev.roster.api.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much history a namespace keeps of each item.
 *
 * @param maxVersions most versions, deletions included
 * @param maxAge versions that were published longer ago go, save for the last two; null for no such bound
 * @param number 0 without any being set, one more for each time that it is
 */
public record ConfigHistoryPolicy(int maxVersions, @Nullable Duration maxAge, long number) {}
