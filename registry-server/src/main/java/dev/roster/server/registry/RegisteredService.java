package dev.roster.server.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service at one revision.
 *
 * @param key which one
 * @param revision the store revision that this shows
 * @param defined what was said of it as a whole, null if nothing was
 * @param instances ordered by id
 */
public record RegisteredService(ServiceKey key, long revision, @Nullable DefinedService defined,
        List<RegisteredInstance> instances) {
    public RegisteredService {
        instances = List.copyOf(instances);
    }

    /** Tells whether there is such a service: it is defined, or has an instance. */
    public boolean exists() {
        return defined != null || !instances.isEmpty();
    }

    /** Returns what holds for it as a whole. */
    public ServiceDefinition definition() {
        return defined == null ? ServiceDefinition.DEFAULT : defined.definition();
    }
}
