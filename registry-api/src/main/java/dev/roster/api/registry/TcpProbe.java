package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * A member connects to a port of the instance.
 *
 * @param port which port, 1 to 65535; null for the main one
 */
public record TcpProbe(@Nullable Integer port) {}
