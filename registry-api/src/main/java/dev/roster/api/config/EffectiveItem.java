package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * An item that an application asks for.
 *
 * @param name name of the item
 * @param version its current version, null if it does not exist
 */
public record EffectiveItem(String name, @Nullable Long version) {}
