package dev.roster.server.store;

import java.time.Duration;

/**
 * Grants a lease that keys may attach to.
 *
 * @param id not {@link LeaseId#NONE}; a lease that exists already is refused with {@link LeaseExistsException}
 * @param ttl from {@link #MIN_TTL} to {@link #MAX_TTL}; the deadline counts from when the leader applies the entry
 */
public record GrantLease(LeaseId id, Duration ttl) implements Command {

    /** Shortest time to live: below it, one lost packet would end a lease. */
    public static final Duration MIN_TTL = Duration.ofSeconds(1);

    /** Longest time to live. */
    public static final Duration MAX_TTL = Duration.ofDays(1);

    public GrantLease {
        if (id.isNone()) {
            throw new InvalidCommandException("id", id, "an id other than 0");
        }
        if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
            throw new InvalidCommandException("ttl", ttl, MIN_TTL + " to " + MAX_TTL);
        }
    }
}
