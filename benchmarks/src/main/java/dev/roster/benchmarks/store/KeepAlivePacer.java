package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps leases alive from a thread of its own, each once in an interval, spread evenly, by a call for each. */
final class KeepAlivePacer implements AutoCloseable {

    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final LeaseRival rival;
    private final LeaseEnds ends;
    private final int leases;
    private final long intervalNanos;
    private final Thread thread;
    private volatile int granted;
    private volatile boolean leaving;
    private volatile boolean closed;
    private volatile @Nullable Latencies answers;

    KeepAlivePacer(LeaseRival rival, LeaseEnds ends, int leases, Duration interval) {
        this.rival = rival;
        this.ends = ends;
        this.leases = leases;
        this.intervalNanos = interval.toNanos();
        this.thread = Thread.ofPlatform().name("pacer").start(this::run);
    }

    /** Says that so many leases exist. */
    void granted(int count) {
        granted = count;
    }

    /** Notes from now on how long answers take. */
    void record(Latencies latencies) {
        answers = latencies;
    }

    /** Leaves some leases alone from now on, and records no more. */
    void leaveSome() {
        answers = null;
        leaving = true;
    }

    private void run() {
        long began = System.nanoTime();
        long sent = 0;
        while (!closed) {
            long due = (long) ((double) (System.nanoTime() - began) / intervalNanos * leases);
            for (; sent < due; sent++) {
                keepAlive((int) (sent % leases));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void keepAlive(int lease) {
        if (lease >= granted || (leaving && LeaseEnds.isLeft(lease))) {
            return;
        }
        long sent = System.nanoTime();
        var _ = rival.keepAlive(lease + 1L).whenComplete((_, error) -> {
            if (error != null) {
                return;
            }
            ends.keptAlive(lease, sent);
            Latencies recorded = answers;
            if (recorded != null) {
                recorded.add(System.nanoTime() - sent);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
