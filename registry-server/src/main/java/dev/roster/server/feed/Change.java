package dev.roster.server.feed;

import dev.roster.server.config.ItemStatus;
import dev.roster.server.registry.InstanceEvent;
import java.util.List;

/**
 * Everything of an interest that one revision changed; at least one thing.
 *
 * @param revision the revision
 * @param instances changed instances, in the order of the change
 * @param items changed items, in the order of the change
 */
public record Change(long revision, List<InstanceEvent> instances, List<ItemStatus> items) {
    public Change {
        instances = List.copyOf(instances);
        items = List.copyOf(items);
    }
}
