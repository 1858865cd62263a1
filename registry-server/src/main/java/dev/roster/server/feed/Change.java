package dev.roster.server.feed;

import dev.roster.server.config.ItemStatus;
import dev.roster.server.registry.InstanceEvent;
import dev.roster.server.registry.ServiceEvent;
import java.util.List;

/**
 * Everything of an interest that one revision changed; at least one thing.
 *
 * @param revision the revision
 * @param services services whose definition changed, in the order of the change
 * @param instances changed instances, in the order of the change
 * @param items changed items, in the order of the change
 */
public record Change(long revision, List<ServiceEvent> services, List<InstanceEvent> instances,
        List<ItemStatus> items) {
    public Change {
        services = List.copyOf(services);
        instances = List.copyOf(instances);
        items = List.copyOf(items);
    }
}
