package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.ReadView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many instances namespaces have, definitions included, about: to count them reads all of them, so it is done once in a
 * while. Thread-safe; some of many who ask at the same time may count, too.
 */
final class Population {

    /** How old a number may be: so long a flood of registrations goes on beyond the limit. */
    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final ConcurrentHashMap<NamespaceName, Count> counts = new ConcurrentHashMap<>();

    Population(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(Instant at, long instances) {}

    /** Returns how many there were a moment ago. */
    long of(NamespaceName namespace, ReadView view) {
        Instant now = clock.instant();
        Count known = counts.get(namespace);
        if (known != null && Duration.between(known.at(), now).abs().compareTo(MAX_AGE) < 0) {
            return known.instances();
        }
        long counted = view.count(RegistryKeys.all(namespace));
        if (counted == 0) {
            // Whoever asks for many names that do not exist fills nothing.
            counts.remove(namespace);
        } else {
            counts.put(namespace, new Count(now, counted));
        }
        return counted;
    }
}
