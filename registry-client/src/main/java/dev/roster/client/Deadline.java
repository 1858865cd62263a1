package dev.roster.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the time is over that a caller waits for something.
 *
 * @param nanos the clock, as {@link System#nanoTime} has it
 * @param begin when the wait began, by that clock
 * @param patience for how long to wait; null for ever
 */
record Deadline(LongSupplier nanos, long begin, @Nullable Duration patience) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** Begins to wait now. */
    static Deadline after(@Nullable Duration patience, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong(), patience);
    }

    boolean isOver() {
        return left().isZero();
    }

    /** Returns for how long to let the server wait before it answers: what is left, but not so long that connections are given up. */
    Duration left() {
        if (patience == null) {
            return LONGEST_WAIT;
        }
        Duration left = patience.minusNanos(nanos.getAsLong() - begin);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    }
}
