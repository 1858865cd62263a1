package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** When leases were kept alive last and when they ended, by their number from 0; noted by any thread. */
final class LeaseEnds {

    /** One of so many leases is left alone. */
    private static final int LEFT = 100;

    private final long ttlNanos;
    private final AtomicLongArray keptAlive;
    private final AtomicLongArray ended;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger endedAsLeft = new AtomicInteger();

    LeaseEnds(int leases, Duration ttl) {
        ttlNanos = ttl.toNanos();
        keptAlive = new AtomicLongArray(leases);
        ended = new AtomicLongArray(leases);
    }

    /** Tells whether a lease is one of those that are left alone at the end. */
    static boolean isLeft(int lease) {
        return lease % LEFT == 0;
    }

    /** Notes a keep-alive that was acknowledged, by when it was sent. */
    void keptAlive(int lease, long sentNanos) {
        keptAlive.accumulateAndGet(lease, sentNanos, Math::max);
    }

    /** Notes that a lease ended now. */
    void ended(int lease) {
        ended.set(lease, System.nanoTime());
        (isLeft(lease) ? endedAsLeft : lost).incrementAndGet();
    }

    boolean allLeftHaveEnded() {
        return endedAsLeft.get() == (ended.length() + LEFT - 1) / LEFT;
    }

    /**
     * What was found.
     *
     * @param late how long after their deadlines leases ended that were left alone
     * @param missing how many of them did not end
     * @param early how many of them ended before
     * @param lost how many ended that were kept alive
     */
    record Report(Latencies late, int missing, int early, int lost) {}

    Report report() {
        Latencies late = new Latencies();
        int missing = 0;
        int early = 0;
        for (int lease = 0; lease < ended.length(); lease += LEFT) {
            long after = ended.get(lease) - keptAlive.get(lease) - ttlNanos;
            if (ended.get(lease) == 0) {
                missing++;
            } else if (after < 0) {
                early++;
            } else {
                late.add(after);
            }
        }
        late.finish(ttlNanos);
        return new Report(late, missing, early, lost.get());
    }
}
