package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Asks to publish the content again that a deleted item had last.
 *
 * @param comment why, to 500 characters; null if not said
 */
public record UndeleteRequest(@Nullable String comment) {}
