package dev.roster.benchmarks.config;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** How often something happened in each moment after a release. Added to by any thread. */
final class ReleaseCurve {

    /** How long a moment is. */
    static final Duration MOMENT = Duration.ofMillis(10);

    private static final int MOMENTS = 200;

    private final AtomicIntegerArray ofRelease = new AtomicIntegerArray(MOMENTS);
    private final long[] total = new long[MOMENTS];
    private int releases;
    private int most;
    private volatile long began;

    static int moments() {
        return MOMENTS;
    }

    /** Begins a release. */
    void begin(long nanoTime) {
        for (int i = 0; i < MOMENTS; i++) {
            ofRelease.set(i, 0);
        }
        began = nanoTime;
    }

    /** Counts what happened now; what is later than the last moment counts as the last. */
    void count(long nanoTime) {
        long moment = (nanoTime - began) / MOMENT.toNanos();
        ofRelease.incrementAndGet(Math.clamp(moment, 0, MOMENTS - 1));
    }

    /** Ends a release. */
    void end() {
        releases++;
        for (int i = 0; i < MOMENTS; i++) {
            total[i] += ofRelease.get(i);
            most = Math.max(most, ofRelease.get(i));
        }
    }

    /** Returns how often it happened in a moment, on average over all releases. */
    double average(int moment) {
        return (double) total[moment] / releases;
    }

    /** Returns how often it happened after a release, on average. */
    double ofRelease() {
        long sum = 0;
        for (long count : total) {
            sum += count;
        }
        return (double) sum / releases;
    }

    /** Returns how often it happened at most in any moment of any release. */
    int most() {
        return most;
    }
}
