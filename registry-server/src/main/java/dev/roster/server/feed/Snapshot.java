package dev.roster.server.feed;

import dev.roster.server.config.ItemStatus;
import dev.roster.server.registry.RegisteredService;
import java.util.List;

/**
 * Everything of an interest at one revision.
 *
 * @param revision the store revision that this shows
 * @param services each service of the interest, in its order
 * @param items each item of the interest, in its order
 */
public record Snapshot(long revision, List<RegisteredService> services, List<ItemStatus> items) {
    public Snapshot {
        services = List.copyOf(services);
        items = List.copyOf(items);
    }
}
