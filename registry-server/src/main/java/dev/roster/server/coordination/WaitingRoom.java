package dev.roster.server.coordination;

import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.Store;
import dev.roster.server.store.Watch;
import dev.roster.server.store.WatchListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets requests wait until something is as they want it, each on the thread that brings it, which is a virtual one. Who waits
 * is woken by changes of the keys that matter to it alone, so that of a thousand who wait for a lock one wakes when it is released.
 */
public final class WaitingRoom {

    /** Longest wait: below the 30 s after which many a proxy, and the server itself, takes a connection to be idle. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(25);

    /** Most requests that wait at a member: each holds a thread, a connection and a watch. */
    public static final int MAX_WAITING = 4000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Store store;
    private final LongSupplier nanos;
    private final Semaphore places = new Semaphore(MAX_WAITING);

    /**
     * Makes it.
     *
     * @param nanos tells how much time has passed, in nanoseconds from any point
     * @param meters asks how many wait
     */
    public WaitingRoom(Store store, LongSupplier nanos, MeterRegistry meters) {
        this.store = store;
        this.nanos = nanos;
        Gauge.builder("roster.coordination.waiting", places, free -> MAX_WAITING - free.availablePermits())
                .description("Requests that wait for a lock, a place in an election, permits and the like")
                .register(meters);
    }

    /**
     * Something that is waited for.
     *
     * @param <T> what is seen when it is looked at
     */
    interface Awaited<T> {

        /** Looks how it is at this member; what this throws ends the wait. */
        T look();

        /** Tells whether what was seen is what is waited for. */
        boolean isReached(T seen);

        /** Returns the store revision that what was seen shows. */
        long revision(T seen);

        /** Returns the keys of which a change may bring it about. */
        List<KeyRange> keys(T seen);

        /** Tells whether a change of one of these keys is worth a look. Called on a thread of the store. */
        default boolean matters(KeyEvent event) {
            return true;
        }
    }

    /**
     * Looks at something again and again, each time one of its keys has changed, until it is reached or the time is over. It is
     * looked at once in any case.
     *
     * @return how it was when it was looked at last
     * @throws TooManyWaitingException if as many wait as may
     */
    <T> T await(Awaited<T> awaited, Duration wait) {
        T seen = awaited.look();
        if (awaited.isReached(seen) || wait.isZero()) {
            return seen;
        }
        if (!places.tryAcquire()) {
            throw new TooManyWaitingException(RETRY_AFTER);
        }
        try {
            long deadline = nanos.getAsLong() + wait.toNanos();
            while (!awaited.isReached(seen)
                    && changes(awaited, awaited.keys(seen), awaited.revision(seen), deadline)) {
                seen = awaited.look();
            }
            return seen;
        } finally {
            places.release();
        }
    }

    /** Waits for a change; false says that the time is over. */
    private boolean changes(Awaited<?> awaited, List<KeyRange> keys, long after, long deadline) {
        CountDownLatch changed = new CountDownLatch(1);
        try (Watch _ = store.watch(keys, new Revision(after), new Signal(awaited, changed))) {
            return changed.await(deadline - nanos.getAsLong(), TimeUnit.NANOSECONDS);
        } catch (RevisionCompactedException e) {
            // So much has happened since that it is best looked at again.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record Signal(Awaited<?> awaited, CountDownLatch changed) implements WatchListener {
        @Override
        public void onEvents(Revision revision, List<KeyEvent> events) {
            if (events.stream().anyMatch(awaited::matters)) {
                changed.countDown();
            }
        }

        @Override
        public void onCompacted(Revision oldest) {
            changed.countDown();
        }
    }
}
