package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Replaces what others are shown of a claim.
 *
 * @param value at most 4,096 characters; needed
 */
public record ValueRequest(@Nullable String value) {}
