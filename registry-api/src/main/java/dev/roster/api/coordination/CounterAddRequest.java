package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Adds to a counter.
 *
 * @param delta what to add, possibly negative; null means 1
 */
public record CounterAddRequest(@Nullable Long delta) {}
