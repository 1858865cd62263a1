package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;

/**
 * When an instance of a service is taken to flap, and for how long it then stays out.
 *
 * @param changes how many changes within the window, 2 to {@value #MAX_CHANGES}; 0 means that none ever does
 * @param window how far back changes count, 10 s to 1 day
 * @param quiet for how long nothing must have changed before it comes back, 1 s to 1 day
 */
public record FlapRules(int changes, Duration window, Duration quiet) {

    /** Most changes that may be asked for; the time of each is kept. */
    public static final int MAX_CHANGES = 20;

    private static final Duration MIN_WINDOW = Duration.ofSeconds(10);
    private static final Duration MIN_QUIET = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofDays(1);

    /** What holds for a service that does not say: three times out and in again within five minutes. */
    public static final FlapRules DEFAULT = new FlapRules(6, Duration.ofMinutes(5), Duration.ofMinutes(1));

    /** Refuses what is out of range with {@link InvalidArgumentException}, which names the component. */
    public FlapRules {
        if (changes != 0 && (changes < 2 || changes > MAX_CHANGES)) {
            throw new InvalidArgumentException("flapping.changes", changes, "0 (never), or 2 to " + MAX_CHANGES);
        }
        check("flapping.window", window, MIN_WINDOW, " (10 seconds) to ");
        check("flapping.quiet", quiet, MIN_QUIET, " (1 second) to ");
    }

    private static void check(String field, Duration given, Duration min, String to) {
        if (given.compareTo(min) < 0 || given.compareTo(MAX) > 0) {
            throw new InvalidArgumentException(field, given, min + to + MAX + " (1 day), as an ISO 8601 duration");
        }
    }
}
