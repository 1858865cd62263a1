package dev.roster.server.registry;

import java.time.Instant;

/**
 * An instance as the registry holds it.
 *
 * @param key which one
 * @param registration what it said of itself
 * @param registeredAt when it said so, by the clock of the member that took the registration
 * @param revision store revision of the registration
 */
public record RegisteredInstance(InstanceKey key, Registration registration, Instant registeredAt, long revision) {}
