package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Makes a semaphore, or changes how many permits it has.
 *
 * @param limit 1 to 10,000; needed
 */
public record LimitRequest(@Nullable Integer limit) {}
