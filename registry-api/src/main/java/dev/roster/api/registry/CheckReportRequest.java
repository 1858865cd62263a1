package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * What an instance reports on a check of its own.
 *
 * @param status how it is; needed
 * @param output what to tell people, to 4,096 characters, of which 512 are kept; null means nothing
 */
public record CheckReportRequest(@Nullable CheckStatus status, @Nullable String output) {}
