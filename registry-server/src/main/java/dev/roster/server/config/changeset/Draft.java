package dev.roster.server.config.changeset;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of an item.
 *
 * @param entry everything but the document
 * @param content the document with its secrets encrypted, null unless one is published
 */
public record Draft(DraftEntry entry, @Nullable String content) {}
