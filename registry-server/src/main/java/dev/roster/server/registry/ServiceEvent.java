package dev.roster.server.registry;

import org.jspecify.annotations.Nullable;

/**
 * A change of the definition of a service.
 *
 * @param key which service
 * @param defined its definition after the change, null if it has none any more
 */
public record ServiceEvent(ServiceKey key, @Nullable DefinedService defined) {}
