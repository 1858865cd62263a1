package dev.roster.api.watch;

import dev.roster.api.config.ConfigItem;
import org.jspecify.annotations.Nullable;

/**
 * A configuration item, or the fact that it does not exist.
 *
 * @param namespace namespace of the item
 * @param name name of the item
 * @param item the current version, null when there is no such item
 */
public record ConfigState(String namespace, String name, @Nullable ConfigItem item) {}
