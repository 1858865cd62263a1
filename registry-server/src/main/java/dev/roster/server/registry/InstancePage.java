package dev.roster.server.registry;

import java.util.List;

/**
 * Some of the instances of a service at one revision.
 *
 * @param revision the store revision that this shows
 * @param instances in the order that was asked for
 * @param more whether others follow
 */
public record InstancePage(long revision, List<RegisteredInstance> instances, boolean more) {
    public InstancePage {
        instances = List.copyOf(instances);
    }

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param after the last instance of the page before
     */
    public record Position(long revision, InstanceId after) {}
}
