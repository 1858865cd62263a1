package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.GrantLease;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an instance when it is registered, by itself or on its behalf.
 *
 * @param endpoint where consumers reach it
 * @param ttl how long it lives without a heartbeat, {@link GrantLease#MIN_TTL} to {@link GrantLease#MAX_TTL}; null for a
 *     persistent one, which sends none and lives until it is removed
 * @param status how it says it is
 * @param traits what tells it from others
 * @param checks how it is watched, to {@value #MAX_CHECKS}, each id once
 */
public record Registration(Endpoint endpoint, @Nullable Duration ttl, InstanceStatus status, Traits traits,
        List<Check> checks) {

    /** Time to live of an instance that does not say: three heartbeats of the usual 10 s. */
    public static final Duration DEFAULT_TTL = Duration.ofSeconds(30);

    /** Most checks of an instance: each is work for a member, again and again. */
    public static final int MAX_CHECKS = 8;

    /** Refuses what is out of range with {@link InvalidArgumentException}, which names the component. */
    public Registration {
        if (ttl != null && (ttl.compareTo(GrantLease.MIN_TTL) < 0 || ttl.compareTo(GrantLease.MAX_TTL) > 0)) {
            throw new InvalidArgumentException("ttl", ttl, GrantLease.MIN_TTL + " (1 second) to " + GrantLease.MAX_TTL
                    + " (1 day), as an ISO 8601 duration");
        }
        if (checks.size() > MAX_CHECKS) {
            throw new InvalidArgumentException("checks", checks.size() + " checks",
                    "at most " + MAX_CHECKS + " checks");
        }
        Set<CheckId> ids = new HashSet<>();
        for (Check check : checks) {
            if (!ids.add(check.id())) {
                throw new InvalidArgumentException("checks", check.id(), "each id once");
            }
        }
        checks = List.copyOf(checks);
    }

    /** Makes a registration of an instance that is up and says little of itself. */
    public Registration(String host, int port, boolean secure, Duration ttl, @Nullable String zone,
            Map<String, String> metadata) {
        this(new Endpoint(host, port, secure, Map.of()), ttl, InstanceStatus.UP,
                new Traits(zone, null, null, List.of(), Traits.DEFAULT_WEIGHT, metadata), List.of());
    }

    /** Returns the same with another status. */
    Registration withStatus(InstanceStatus other) {
        return new Registration(endpoint, ttl, other, traits, checks);
    }

    /** Tells whether the instance lives until it is removed. */
    public boolean isPersistent() {
        return ttl == null;
    }
}
