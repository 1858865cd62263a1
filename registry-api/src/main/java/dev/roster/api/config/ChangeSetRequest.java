package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Makes a change set.
 *
 * @param title what it is about, 1 to 200 characters
 * @param description what else there is to say, to 4,000 characters; null if nothing
 */
public record ChangeSetRequest(@Nullable String title, @Nullable String description) {}
