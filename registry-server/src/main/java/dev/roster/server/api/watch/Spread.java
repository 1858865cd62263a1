package dev.roster.server.api.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads a change of configuration over time, so that thousands of applications do not take it in, and report, at the same
 * moment. A reader is told after a random time within a window that grows with the number of streams: none for as many as a
 * member tells within some tens of milliseconds anyway, beyond them as many a second as it takes reports. May be used by any
 * thread.
 */
final class Spread {

    /** Streams that are told at once. */
    static final int AT_ONCE = 1000;

    /** Streams beyond them that are told in a second. */
    static final int PER_SECOND = 5000;

    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    private final Duration longest;
    private final RandomGenerator random;

    /**
     * Makes it.
     *
     * @param longest longest window, however many streams there are; 0 tells everybody at once
     * @param random safe for use by several threads
     */
    Spread(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    /** Returns the time within which all of so many streams are told. */
    Duration window(int streams) {
        Duration wanted = Duration.ofNanos(Math.max(0, streams - AT_ONCE) * NANOS_EACH);
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    /** Returns when one of so many streams is told. */
    Duration delay(int streams) {
        Duration window = window(streams);
        if (window.isZero()) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(random.nextLong(window.toNanos()));
    }
}
