package dev.roster.api.registry;

/**
 * A service as a list shows it.
 *
 * @param namespace namespace of the service
 * @param name name of the service
 * @param instances how many instances are registered, at least 1
 */
public record ServiceSummary(String namespace, String name, int instances) {}
