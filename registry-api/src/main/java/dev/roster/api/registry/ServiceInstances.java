package dev.roster.api.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service with its instances at one revision: all of them, or those that were asked for.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param revision the store revision that this shows
 * @param definition what was said of the service as a whole, null if nothing was
 * @param protection whether failures of its instances are taken for those of the checks; of all of its instances
 * @param instances in the order asked for, which is by id unless said otherwise; empty when nothing is registered
 */
public record ServiceInstances(String namespace, String service, long revision, @Nullable ServiceDefinition definition,
        Protection protection, List<Instance> instances) {
    public ServiceInstances {
        instances = List.copyOf(instances);
        protection = protection == null ? Protection.of(definition, instances) : protection;
    }

    /** Makes a service of which nothing was said as a whole. */
    public ServiceInstances(String namespace, String service, long revision, List<Instance> instances) {
        this(namespace, service, revision, null, instances);
    }

    /** Makes a service with all its instances, and computes whether it is protected. */
    public ServiceInstances(String namespace, String service, long revision, @Nullable ServiceDefinition definition,
            List<Instance> instances) {
        this(namespace, service, revision, definition, Protection.of(definition, instances), instances);
    }
}
