package dev.roster.server.config;

import org.jspecify.annotations.Nullable;

/**
 * A change of an item.
 *
 * @param item which one
 * @param release the version that is current after the change, null if the item was deleted
 */
public record ItemEvent(ItemKey item, @Nullable Release release) {}
