package dev.roster.benchmarks.measure;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Times of operations, added by any thread; read after {@link #finish}. They are counted in buckets, each a 64th wider than
 * the one before, so that a million a second can be added; what is read is the middle of a bucket.
 */
public final class Latencies {

    private static final int BITS = 6;
    private static final int STEPS = 1 << BITS;

    private final AtomicLongArray buckets = new AtomicLongArray((Long.SIZE - BITS) * STEPS);
    private final AtomicLong longest = new AtomicLong();
    private long count;
    private double seconds;

    /** Returns the one of several measurements with the median of operations a second. */
    public static Latencies median(List<Latencies> measured) {
        return measured.stream().sorted(Comparator.comparingDouble(Latencies::perSecond)).skip(measured.size() / 2)
                .findFirst().orElseThrow();
    }

    /** Adds a time; one below 0 counts as 0. */
    public void add(long nanos) {
        long value = Math.max(0, nanos);
        buckets.incrementAndGet(bucketOf(value));
        if (value > longest.get()) {
            longest.accumulateAndGet(value, Math::max);
        }
    }

    /** Ends the measurement, which took this long. */
    public void finish(long nanos) {
        count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        seconds = nanos / 1e9;
    }

    /** Returns how many there were in a second. */
    public double perSecond() {
        return count / seconds;
    }

    /** Returns how many there were. */
    public long count() {
        return count;
    }

    /** Returns a quantile, from 0 to 1, in milliseconds. */
    public double millis(double quantile) {
        if (count == 0) {
            return Double.NaN;
        }
        long wanted = Math.min(count - 1, (long) (count * quantile));
        long passed = 0;
        for (int i = 0; i < buckets.length(); i++) {
            passed += buckets.get(i);
            if (passed > wanted) {
                return Math.min(middleOf(i) / 1e6, longestMillis());
            }
        }
        return longestMillis();
    }

    /** Returns the longest of all in milliseconds, 0 without any. Exact. */
    public double longestMillis() {
        return longest.get() / 1e6;
    }

    private static int bucketOf(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS;
        return shift * STEPS + (int) (value >>> shift);
    }

    private static double middleOf(int bucket) {
        if (bucket < 2 * STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return (STEPS + bucket % STEPS + 0.5) * (1L << shift);
    }
}
