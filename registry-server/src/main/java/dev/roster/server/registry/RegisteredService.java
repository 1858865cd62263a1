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

    /** Returns whether failures of its instances are taken for those of the checks. */
    public Protection protection() {
        return Protection.of(definition(), instances);
    }

    /**
     * Returns what tells this state of the service from every other: its latest revision and the number of what it consists
     * of. That is enough because a revision is never used twice: two states with the same latest revision differ only by what
     * was removed in between, and so in number.
     */
    public String tag() {
        long latest = instances.stream().mapToLong(RegisteredInstance::revision).max().orElse(0);
        DefinedService whole = defined;
        return whole == null
                ? latest + "-" + instances.size()
                : Math.max(latest, whole.revision()) + "-" + (instances.size() + 1);
    }

    /** Returns what holds for it as a whole. */
    public ServiceDefinition definition() {
        return defined == null ? ServiceDefinition.DEFAULT : defined.definition();
    }
}
