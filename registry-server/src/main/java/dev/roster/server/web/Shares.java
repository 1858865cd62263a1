package dev.roster.server.web;

import dev.roster.server.security.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how much of something each caller may have at the same time, so that one of them leaves something for the others. A
 * caller is a user at an address. Remembers only those that have something. Thread-safe.
 */
public final class Shares {
    private final String what;
    private final int max;
    private final Duration retryAfter;
    private final Counter refused;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param what what there is a share of, in the plural, such as {@code requests}
     * @param max most that one caller may have, 1 or more
     * @param retryAfter when it is worth while to try again
     * @param meters told how often there was no more
     */
    public Shares(String what, int max, Duration retryAfter, MeterRegistry meters) {
        this.what = what;
        this.max = max;
        this.retryAfter = retryAfter;
        this.refused = Counter.builder("roster.caller.refused").tag("what", what)
                .description("Refusals because a caller had its share").register(meters);
    }

    /** Returns the name under which a caller has its share. */
    public static String holder(Caller caller) {
        return caller.name() + " at " + caller.address();
    }

    /**
     * Takes one.
     *
     * @param holder who has it, as {@link #holder} says
     * @throws ProblemException if it has its share, with status 429
     */
    public void take(String holder) {
        int now = taken.merge(holder, 1, Integer::sum);
        if (now > max) {
            give(holder);
            refused.increment();
            throw new ProblemException(ProblemReport
                    .of(ProblemKind.TOO_MANY_REQUESTS,
                            "One user at one address may have " + max + " " + what + " at the same time at a member")
                    .withRetryAfter(retryAfter));
        }
    }

    /** Gives one back. */
    public void give(String holder) {
        taken.computeIfPresent(holder, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Returns how many callers have something. */
    int holders() {
        return taken.size();
    }
}
