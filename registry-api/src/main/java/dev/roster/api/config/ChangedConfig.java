package dev.roster.api.config;

/**
 * An item that was changed.
 *
 * @param name name of the item
 * @param version the version that the change has made
 */
public record ChangedConfig(String name, ConfigVersion version) {}
