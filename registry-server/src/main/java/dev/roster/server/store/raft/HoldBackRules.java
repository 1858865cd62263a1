package dev.roster.server.store.raft;

import dev.roster.server.store.InvalidCommandException;
import java.time.Duration;

/**
 * When so many leases end at once that it says more about the network than about those who held them: their end is then held
 * back, as Eureka does by its self-preservation.
 *
 * @param enabled whether it ever is
 * @param threshold the share of all leases that may end within the window, above 0 and at most 1
 * @param minimum so many may end within the window whatever their share, 1 or more
 * @param window how long back ends are counted together
 * @param maxHold after which the leases are ended all the same
 */
public record HoldBackRules(boolean enabled, double threshold, int minimum, Duration window, Duration maxHold) {

    /** 15 % of all leases, and at least a hundred, within ten seconds; for ten minutes at most. The manual gives the reasons. */
    public static final HoldBackRules DEFAULT = new HoldBackRules(true, 0.15, 100, Duration.ofSeconds(10),
            Duration.ofMinutes(10));

    public HoldBackRules {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new InvalidCommandException("threshold", threshold, "above 0 and at most 1");
        }
        if (minimum < 1) {
            throw new InvalidCommandException("minimum", minimum, "1 or more");
        }
        checkPositive("window", window);
        checkPositive("maxHold", maxHold);
    }

    private static void checkPositive(String field, Duration given) {
        if (!given.isPositive()) {
            throw new InvalidCommandException(field, given, "more than 0");
        }
    }

    /** Tells whether more leases lapsed than may. */
    boolean areUnusual(int lapsed, int of) {
        return enabled && lapsed >= minimum && lapsed > threshold * of;
    }
}
