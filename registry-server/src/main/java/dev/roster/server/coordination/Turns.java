package dev.roster.server.coordination;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets requests of this member that change the same thing do so one after the other: each would have to try again for every other one.
 * Different things share a turn now and then. Those of other members are told apart by what a transaction compares.
 */
final class Turns {
    private static final int STRIPES = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReentrantLock[] stripes = Stream.generate(() -> new ReentrantLock(true)).limit(STRIPES)
            .toArray(ReentrantLock[]::new);

    /**
     * Does something when it is its turn.
     *
     * @throws TooManyWaitingException if that is not so within five seconds, or the thread is interrupted
     */
    <T> T take(Object key, Supplier<T> step) {
        ReentrantLock stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        try {
            if (!stripe.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TooManyWaitingException(RETRY_AFTER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyWaitingException(RETRY_AFTER);
        }
        try {
            return step.get();
        } finally {
            stripe.unlock();
        }
    }
}
