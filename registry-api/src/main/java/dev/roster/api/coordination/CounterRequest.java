package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Sets a counter.
 *
 * @param value its new value; needed
 * @param expected its value before, without which nothing is set; null means any
 */
public record CounterRequest(@Nullable Long value, @Nullable Long expected) {}
