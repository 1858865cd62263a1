package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.GrantLease;
import java.time.Duration;

/** How a check is made. */
public sealed interface CheckMethod {

    /**
     * The instance reports, and is taken to be critical when it has not done so for some time.
     *
     * @param ttl for how long a report holds, {@link GrantLease#MIN_TTL} to {@link GrantLease#MAX_TTL}
     */
    record Report(Duration ttl) implements CheckMethod {

        /** Refuses what is out of range with {@link InvalidArgumentException}. */
        public Report {
            if (ttl.compareTo(GrantLease.MIN_TTL) < 0 || ttl.compareTo(GrantLease.MAX_TTL) > 0) {
                throw new InvalidArgumentException("checks.ttl", ttl, GrantLease.MIN_TTL + " (1 second) to "
                        + GrantLease.MAX_TTL + " (1 day), as an ISO 8601 duration");
            }
        }
    }
}
