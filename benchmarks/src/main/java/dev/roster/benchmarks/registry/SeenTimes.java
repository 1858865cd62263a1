package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long it took from when a change was sent until those who watch had it. Changes are told by their numbers. */
final class SeenTimes {

    private static final long LIMIT_SECONDS = 20;

    private final AtomicLongArray sent;
    private final CountDownLatch expected;
    private final int warmUp;
    private final Latencies latencies = new Latencies();
    private final long began = System.nanoTime();

    /**
     * Expects changes.
     *
     * @param watchers how many see each of them
     * @param warmUp how many of the first do not count
     */
    SeenTimes(int changes, int watchers, int warmUp) {
        this.sent = new AtomicLongArray(changes);
        this.expected = new CountDownLatch(Math.multiplyExact(changes, watchers));
        this.warmUp = warmUp;
    }

    /** Notes that a change is about to be sent. */
    void sending(long change) {
        sent.set((int) change, System.nanoTime());
    }

    /** Notes that one of those who watch has it. */
    void seen(long change) {
        if (change >= warmUp) {
            latencies.add(System.nanoTime() - sent.get((int) change));
        }
        expected.countDown();
    }

    /** Waits until all have seen all. */
    Latencies await() throws InterruptedException {
        if (!expected.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(expected.getCount() + " changes were not seen in " + LIMIT_SECONDS + " s");
        }
        latencies.finish(System.nanoTime() - began);
        return latencies;
    }
}
