package dev.roster.benchmarks.store;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Times of operations, added by any thread; read after {@link #finish}. */
final class Latencies {

    private final ConcurrentLinkedQueue<Long> added = new ConcurrentLinkedQueue<>();
    private long[] sorted = {};
    private double seconds;

    void add(long nanos) {
        added.add(nanos);
    }

    /** Ends the measurement, which took this long. */
    void finish(long nanos) {
        sorted = added.stream().mapToLong(Long::longValue).sorted().toArray();
        seconds = nanos / 1e9;
    }

    double perSecond() {
        return sorted.length / seconds;
    }

    /** Returns a quantile, from 0 to 1, in milliseconds. */
    double millis(double quantile) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * quantile))] / 1e6;
    }

    @Override
    public String toString() {
        return Arrays.toString(new double[]{perSecond(), millis(0.5), millis(0.99)});
    }
}
