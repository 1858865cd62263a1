package dev.roster.server.registry;

import java.util.List;

/**
 * Some of the services of a namespace at one revision.
 *
 * @param revision the store revision that this shows
 * @param services ordered by name
 * @param more whether others follow
 */
public record ServicePage(long revision, List<Entry> services, boolean more) {
    public ServicePage {
        services = List.copyOf(services);
    }

    /**
     * A service of the page.
     *
     * @param key which one
     * @param instances how many it has
     * @param healthy how many of them are healthy
     * @param definition what holds for it as a whole
     * @param protection whether failures of its instances are taken for those of the checks
     */
    public record Entry(ServiceKey key, int instances, int healthy, ServiceDefinition definition,
            Protection protection) {}

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param after the last service of the page before
     */
    public record Position(long revision, ServiceName after) {}
}
