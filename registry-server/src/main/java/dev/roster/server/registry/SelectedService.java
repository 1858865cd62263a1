package dev.roster.server.registry;

import java.util.List;

/**
 * A service at one revision, with those of its instances that were asked for.
 *
 * @param service the service with all its instances
 * @param protection whether failures are taken for those of the checks
 * @param instances the instances that were asked for, in the order that was asked for
 */
public record SelectedService(RegisteredService service, Protection protection, List<RegisteredInstance> instances) {
    public SelectedService {
        instances = List.copyOf(instances);
    }
}
