package dev.roster.server.subscriber;

import java.time.Duration;

/** Lets time pass between two looks; a test's does it at once. */
@FunctionalInterface
public interface Pause {

    /** Waits. */
    void pause(Duration time) throws InterruptedException;
}
