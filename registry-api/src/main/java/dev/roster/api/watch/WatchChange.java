package dev.roster.api.watch;

import dev.roster.api.registry.Instance;
import dev.roster.api.registry.ServiceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything watched that one revision changed, at once.
 *
 * @param revision the revision, greater than that of every event before
 * @param services services whose definition changed, in the order of the change
 * @param instances changed instances, in the order of the change
 * @param configs changed items, in the order of the change
 */
public record WatchChange(long revision, List<ServiceChange> services, List<InstanceChange> instances,
        List<ConfigState> configs) {
    public WatchChange {
        services = services == null ? List.of() : List.copyOf(services);
        instances = instances == null ? List.of() : List.copyOf(instances);
        configs = configs == null ? List.of() : List.copyOf(configs);
    }

    /** Makes a change of no definition. */
    public WatchChange(long revision, List<InstanceChange> instances, List<ConfigState> configs) {
        this(revision, List.of(), instances, configs);
    }

    /**
     * A changed definition of a service.
     *
     * @param namespace namespace of the service
     * @param service name of the service
     * @param definition the definition as it is now, null when there is none any more
     */
    public record ServiceChange(String namespace, String service, @Nullable ServiceDefinition definition) {}

    /**
     * A changed instance.
     *
     * @param namespace namespace of the service
     * @param service name of the service
     * @param id id of the instance
     * @param instance the instance as it is now, null when it is gone
     */
    public record InstanceChange(String namespace, String service, String id, @Nullable Instance instance) {}
}
