package dev.roster.api.watch;

import dev.roster.api.registry.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything watched that one revision changed, at once.
 *
 * @param revision the revision, greater than that of every event before
 * @param instances changed instances, in the order of the change
 * @param configs changed items, in the order of the change
 */
public record WatchChange(long revision, List<InstanceChange> instances, List<ConfigState> configs) {
    public WatchChange {
        instances = instances == null ? List.of() : List.copyOf(instances);
        configs = configs == null ? List.of() : List.copyOf(configs);
    }

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
