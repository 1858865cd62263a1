package dev.roster.server.config;

import org.jspecify.annotations.Nullable;

/**
 * An item as it is at some revision, or the fact that it does not exist then.
 *
 * @param item which one
 * @param release the current version, null if there is no such item
 */
public record ItemStatus(ItemKey item, @Nullable Release release) {}
