package dev.roster.benchmarks.store;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What the heap of this process holds that is not garbage, found by collecting all of it. */
final class LiveHeap {

    private static final double MEGA = 1e6;

    private LiveHeap() {}

    static double megabytes() {
        // Twice: what only cleaners and weak references held goes with the second.
        System.gc();
        System.gc();
        return used();
    }

    private static double used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGA;
    }

    /** Runs something, collects again and again meanwhile, and returns the most that was found. */
    static double megabytesDuring(Callable<?> work) throws Exception {
        Peak peak = new Peak();
        peak.start();
        try {
            work.call();
        } finally {
            peak.over = true;
            peak.join();
        }
        return peak.megabytes;
    }

    private static final class Peak extends Thread {

        /** The work is to get on between collections: they take a third of the time at most. */
        private static final int PAUSES = 2;

        private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

        private volatile boolean over;
        private double megabytes;

        @Override
        public void run() {
            do {
                long began = System.nanoTime();
                System.gc();
                megabytes = Math.max(megabytes, used());
                try {
                    TimeUnit.NANOSECONDS.sleep(Math.max(MIN_PAUSE_NANOS, PAUSES * (System.nanoTime() - began)));
                } catch (InterruptedException e) {
                    return;
                }
            } while (!over);
        }
    }
}
