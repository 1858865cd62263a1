package dev.roster.api.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service with all its instances at one revision.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param revision the store revision that this shows
 * @param definition what was said of the service as a whole, null if nothing was
 * @param instances ordered by id, empty when nothing is registered
 */
public record ServiceInstances(String namespace, String service, long revision, @Nullable ServiceDefinition definition,
        List<Instance> instances) {
    public ServiceInstances {
        instances = List.copyOf(instances);
    }

    /** Makes a service of which nothing was said as a whole. */
    public ServiceInstances(String namespace, String service, long revision, List<Instance> instances) {
        this(namespace, service, revision, null, instances);
    }
}
