package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Asks to publish the content of an earlier version again, as a new version.
 *
 * @param toVersion the version whose content is wanted
 * @param comment why, to 500 characters; null if not said
 */
public record RollbackRequest(@Nullable Long toVersion, @Nullable String comment) {}
