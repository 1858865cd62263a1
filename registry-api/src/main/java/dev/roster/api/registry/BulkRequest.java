package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * Something to do to all instances that a filter chooses.
 *
 * @param filter which ones; needed
 * @param action what; needed
 * @param override what is to count; needed for an override, and for nothing else
 * @param preview whether to tell what would be done, and do nothing; null means false
 */
public record BulkRequest(@Nullable String filter, @Nullable BulkAction action, @Nullable OverrideRequest override,
        @Nullable Boolean preview) {}
