package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check of an instance.
 *
 * @param id which one
 * @param method how it is made
 * @param initial what holds before the first result
 * @param deregisterAfter how long it may be critical before the instance is removed, {@link #MIN_DEREGISTER_AFTER} at least;
 *     null means for ever
 */
public record Check(CheckId id, CheckMethod method, CheckStatus initial, @Nullable Duration deregisterAfter) {

    /** Shortest time to be critical before an instance is removed, as in Consul: what is shorter is rather a TTL. */
    public static final Duration MIN_DEREGISTER_AFTER = Duration.ofMinutes(1);

    /** Longest such time. */
    public static final Duration MAX_DEREGISTER_AFTER = Duration.ofDays(365);

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public Check {
        if (deregisterAfter != null && (deregisterAfter.compareTo(MIN_DEREGISTER_AFTER) < 0
                || deregisterAfter.compareTo(MAX_DEREGISTER_AFTER) > 0)) {
            throw new InvalidArgumentException("checks.deregisterAfter", deregisterAfter,
                    MIN_DEREGISTER_AFTER + " (1 minute) to " + MAX_DEREGISTER_AFTER
                            + " (365 days), as an ISO 8601 duration");
        }
    }
}
