package dev.roster.client;

import java.time.Duration;

/** Lets the calling thread wait. */
@FunctionalInterface
interface Pause {

    void pause(Duration duration) throws InterruptedException;

    /** Waits for real. */
    static Pause sleeping() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
