package dev.roster.api.registry;

/**
 * Names an instance.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param id unique within the service
 */
public record InstanceName(String namespace, String service, String id) {}
