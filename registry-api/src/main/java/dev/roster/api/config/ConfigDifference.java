package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * A property that two configurations do not have alike.
 *
 * @param name its name
 * @param from what it is in the first one, null if it is not there
 * @param to what it is in the other one, null if it is not there
 */
public record ConfigDifference(String name, @Nullable PropertyOrigin from, @Nullable PropertyOrigin to) {}
