package dev.roster.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session while it lives. It counts as lost as soon as its time to live has passed since the last sign of life that the server
 * has acknowledged was sent, by a clock that does not jump: so no later than the server gives what it holds to others. Safe for use
 * by several threads.
 */
final class KeptSession {
    private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);

    /** Claims whose end could not be told; more of them than that end the session. */
    private static final int MAX_ABANDONED = 1000;

    private final String id;
    private final Duration ttl;
    private final LongSupplier nanos;
    private final List<Runnable> listeners = new ArrayList<>();
    private final Deque<Abandoned> abandoned = new ArrayDeque<>();
    private volatile long deadline;
    private volatile boolean ended;
    private boolean told;

    /**
     * Makes it.
     *
     * @param openedAt when the request that opened it was sent
     */
    KeptSession(String id, Duration ttl, long openedAt, LongSupplier nanos) {
        this.id = id;
        this.ttl = ttl;
        this.nanos = nanos;
        this.deadline = openedAt + ttl.toNanos();
    }

    String id() {
        return id;
    }

    /** Tells whether what it holds is held for certain. */
    boolean isAlive() {
        return !ended && remaining().compareTo(Duration.ZERO) > 0;
    }

    /** Returns for how long it lives for certain if no sign of life succeeds any more. */
    Duration remaining() {
        return Duration.ofNanos(deadline - nanos.getAsLong());
    }

    /** Notes that a sign of life was acknowledged that was sent then. It does not bring back what is lost. */
    void renewed(long sentAt) {
        if (isAlive()) {
            deadline = Math.max(deadline, sentAt + ttl.toNanos());
        }
    }

    /** Ends it for good, and tells everybody once. */
    void lost() {
        List<Runnable> all;
        synchronized (this) {
            ended = true;
            if (told) {
                return;
            }
            told = true;
            all = List.copyOf(listeners);
            listeners.clear();
            abandoned.clear();
        }
        all.forEach(KeptSession::tell);
    }

    /** Calls somebody when it is lost, at once if it is already. */
    void onLoss(Runnable listener) {
        synchronized (this) {
            if (!told) {
                listeners.add(listener);
                return;
            }
        }
        tell(listener);
    }

    synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** Remembers a claim that could not be ended, so that it is tried again. When they are too many, it ends with all of them. */
    void abandon(Abandoned claim) {
        synchronized (this) {
            if (told) {
                return;
            }
            if (abandoned.size() < MAX_ABANDONED) {
                abandoned.add(claim);
                return;
            }
        }
        lost();
    }

    /** Returns the claims that could not be ended, and forgets them. */
    synchronized List<Abandoned> takeAbandoned() {
        List<Abandoned> all = List.copyOf(abandoned);
        abandoned.clear();
        return all;
    }

    // Listeners are foreign code: whatever one throws must not keep the others from being told.
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("A listener to the loss of a session failed", e);
        }
    }

    @Override
    public String toString() {
        return "session " + id;
    }
}
