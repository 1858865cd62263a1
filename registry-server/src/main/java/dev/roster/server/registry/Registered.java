package dev.roster.server.registry;

/**
 * What came of a registration.
 *
 * @param instance the instance as it is now
 * @param replaced whether an instance of this id was registered before
 */
public record Registered(RegisteredInstance instance, boolean replaced) {}
