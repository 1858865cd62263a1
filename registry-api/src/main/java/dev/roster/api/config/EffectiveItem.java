package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * An item that an application asks for.
 *
 * @param name name of the item
 * @param version its version, null if it does not exist
 * @param gray whether a gray release gives that version to the instance that was asked for; otherwise it is the current one
 */
public record EffectiveItem(String name, @Nullable Long version, boolean gray) {}
