package dev.roster.benchmarks.measure;

import java.time.Duration;

/**
 * Asks a server until it gets no faster, which is when the compilers of a JVM are done with it: until windows of two seconds are
 * about as fast as the ones before. All servers that are compared are warmed up by the same rule.
 */
public final class WarmUp {

    /** A window: long enough for a thousand operations of a server that has just begun. */
    public static final Duration WINDOW = Duration.ofSeconds(2);

    /** Windows in a row that must not differ more than by {@link #TOLERANCE}. */
    private static final int STEADY_WINDOWS = 2;

    private static final double TOLERANCE = 0.1;

    private WarmUp() {}

    /** Operations during {@link #WINDOW}. */
    @FunctionalInterface
    public interface Window {

        /** Does as many as it can. */
        Latencies measure() throws Exception;
    }

    /**
     * Does operations until they get no faster.
     *
     * @param least how many at least
     * @param limit for how long at most, about
     * @return how many were done
     */
    public static long until(long least, Duration limit, Window window) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        long done = 0;
        int steady = 0;
        double before = 0;
        while ((done < least || steady < STEADY_WINDOWS) && System.nanoTime() < end) {
            Latencies measured = window.measure();
            done += measured.count();
            double rate = measured.perSecond();
            steady = Math.abs(rate - before) <= TOLERANCE * before ? steady + 1 : 0;
            before = rate;
        }
        return done;
    }
}
