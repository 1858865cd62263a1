package dev.roster.benchmarks.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How large a run is.
 *
 * @param scale instances and services
 * @param measured how long each operation is measured
 * @param watchers how many streams are open
 * @param directory where the rivals keep their data
 */
record Settings(Scale scale, Duration measured, int watchers, Path directory) {

    /** Clients of which each waits for its answer. */
    static final int CLIENTS = 32;

    /** Clients that register all instances: the more come at once, the more of them a sync of the disk serves. */
    static final int FILLING_CLIENTS = 64;

    /** Clients of which each keeps instances alive by a call for each: with 100,000 processes there would be more. */
    static final int RENEWING_CLIENTS = 512;

    /** The first part of all registrations, whose time does not count: one in so many. */
    static final int WARM_UP_DIVISOR = 3;

    /** Operations before one of a kind is measured, for each server: enough for compilers to be done with it. */
    static final long LEAST_WARM_UP = 50_000;

    /** For how long an operation is done at most before it is measured, for each server: several share the machine. */
    static final Duration LONGEST_WARM_UP = Duration.ofSeconds(20);

    /** Every instance is kept alive once in this time. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** What a watcher follows beside the service that all follow. */
    static final int FOLLOWED = 10;

    Settings {
        if (watchers < step(scale) || watchers % step(scale) != 0) {
            throw new IllegalArgumentException(
                    watchers + " watchers: expected a multiple of " + step(scale) + ", a tenth of the services");
        }
    }

    /** Watchers follow services so far apart. */
    private static int step(Scale scale) {
        return Math.max(1, scale.services() / FOLLOWED);
    }

    /** Returns the services that a watcher follows beside the one that all follow, evenly spread. */
    IntStream followedBy(int watcher) {
        int step = step(scale);
        return IntStream.range(0, FOLLOWED).map(i -> watcher % step + i * step);
    }

    /** Draws a service that watchers follow. */
    int anyFollowed(RandomGenerator random) {
        return random.nextInt(step(scale) * FOLLOWED);
    }

    /** Returns how many watchers follow each of those services. */
    int watchersOfEach() {
        return watchers / step(scale);
    }

    /** Returns how many instances have to be kept alive in a second. */
    double renewalsPerSecond() {
        return (double) scale.instances() / INTERVAL.toSeconds();
    }
}
