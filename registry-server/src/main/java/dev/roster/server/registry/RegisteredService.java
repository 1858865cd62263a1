package dev.roster.server.registry;

import java.util.List;

/**
 * A service at one revision.
 *
 * @param key which one
 * @param revision the store revision that this shows
 * @param instances ordered by id; empty when there are none, which is the same as no such service
 */
public record RegisteredService(ServiceKey key, long revision, List<RegisteredInstance> instances) {
    public RegisteredService {
        instances = List.copyOf(instances);
    }
}
