package dev.roster.server.registry.check;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a call must be over, however it goes. */
final class Deadline {
    private final LongSupplier nanoTime;
    private final long end;

    /**
     * Begins now.
     *
     * @param nanoTime a clock that never jumps
     * @param timeout until when from now
     */
    Deadline(LongSupplier nanoTime, Duration timeout) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + timeout.toNanos();
    }

    /** Returns how many milliseconds are left, 1 or more; throws when there are none. */
    int leftMillis() throws SocketTimeoutException {
        long millis = Duration.ofNanos(end - nanoTime.getAsLong()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
