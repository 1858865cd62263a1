package dev.roster.benchmarks.registry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Requests that a server could not carry out when they came, and that were sent again. May be used by any thread. */
final class Refusals {

    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<String> first = new AtomicReference<>("");

    /** Notes one, with what the server said. */
    void note(String reason) {
        if (count.getAndIncrement() == 0) {
            first.set(reason);
        }
    }

    long count() {
        return count.get();
    }

    /** Returns what the server said to the first, empty without any. */
    String first() {
        return first.get();
    }
}
