package dev.roster.server.registry;

import java.time.Instant;

/**
 * The definition of a service as the registry holds it.
 *
 * @param key which service
 * @param definition what was said of it
 * @param definedBy name of the user who said so
 * @param definedAt when, by the clock of the member that took the request
 * @param revision store revision of the definition
 */
public record DefinedService(ServiceKey key, ServiceDefinition definition, String definedBy, Instant definedAt,
        long revision) {}
