package dev.roster.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubles from a first value to a greatest one, each time shortened at random by up to
 * a half, so that many clients that lost the same server don't come back all at once. Used by one thread.
 */
final class Backoff {
    private static final double SHARE_AT_RANDOM = 0.5;

    private final Duration first;
    private final Duration greatest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration greatest, RandomGenerator random) {
        this.first = first;
        this.greatest = greatest;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration full = next;
        Duration doubled = full.multipliedBy(2);
        next = doubled.compareTo(greatest) > 0 ? greatest : doubled;
        return shorten(full, SHARE_AT_RANDOM, random);
    }

    void reset() {
        next = first;
    }

    /** Returns a duration that is shorter by a random part of a share of it. */
    static Duration shorten(Duration full, double share, RandomGenerator random) {
        return Duration.ofNanos((long) (full.toNanos() * (1 - share * random.nextDouble())));
    }
}
