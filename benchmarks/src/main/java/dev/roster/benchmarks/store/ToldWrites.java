package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Writes at a steady rate, each of which bears its number, and when watches told of them. */
final class ToldWrites {

    private static final int VALUE_BYTES = 200;
    private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

    private final int rate;
    private final int writes;
    private final int times;
    private final AtomicLongArray acknowledged;
    private final AtomicLong told = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private int firstMeasured;
    private long measuredFrom;
    private volatile long lastTold;

    /**
     * Plans the writes.
     *
     * @param rate writes a second
     * @param times how often each is told
     */
    ToldWrites(int rate, Duration duration, int times) {
        this.rate = rate;
        this.writes = (int) (rate * duration.toSeconds());
        this.times = times;
        this.acknowledged = new AtomicLongArray(writes);
    }

    /** Returns the value of a write. */
    static byte[] value(long number) {
        return ByteBuffer.allocate(VALUE_BYTES).putLong(number).array();
    }

    /**
     * Writes.
     *
     * @param write by number
     * @param warmUp so many of the first are not measured
     */
    void run(LongFunction<CompletableFuture<?>> write, int warmUp) {
        firstMeasured = warmUp;
        long began = System.nanoTime();
        for (int i = 0; i < writes; i++) {
            long due = began + i * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (i == warmUp) {
                measuredFrom = System.nanoTime();
            }
            int number = i;
            var _ = write.apply(number).thenRun(() -> acknowledged.set(number, System.nanoTime()));
        }
    }

    /** Notes that a write was told to somebody, by its value. */
    void told(byte[] value) {
        long now = System.nanoTime();
        int number = (int) ByteBuffer.wrap(value).getLong();
        long since = acknowledged.get(number);
        if (number >= firstMeasured) {
            latencies.add(since == 0 ? 0 : now - since);
        }
        lastTold = now;
        told.incrementAndGet();
    }

    /** Waits until all were told; the measurement ends with the last of them. */
    Latencies awaitAll(long limitNanos) {
        long limit = System.nanoTime() + limitNanos;
        while (told.get() < (long) writes * times) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(told.get() + " events instead of " + (long) writes * times);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        latencies.finish(lastTold - measuredFrom);
        return latencies;
    }
}
