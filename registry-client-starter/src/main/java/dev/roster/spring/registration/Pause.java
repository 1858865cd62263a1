package dev.roster.spring.registration;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits; there is another implementation in tests. */
@FunctionalInterface
interface Pause {

    /** Waits for that long, or until the thread is interrupted. */
    void await(Duration time);

    /** Returns one that sleeps. */
    static Pause sleeping() {
        return time -> {
            try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
