package dev.roster.api.registry;

import java.util.List;

/**
 * A service with all its instances at one revision.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param revision the store revision that this shows
 * @param instances ordered by id, empty when nothing is registered
 */
public record ServiceInstances(String namespace, String service, long revision, List<Instance> instances) {
    public ServiceInstances {
        instances = List.copyOf(instances);
    }
}
