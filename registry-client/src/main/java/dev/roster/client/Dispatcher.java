package dev.roster.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands calls of listeners to their one thread, in order. Who produces them waits for {@linkplain #awaitRoom room} between
 * two events, holding no lock, so that a slow listener slows the stream down and neither fills the memory nor blocks those
 * who subscribe. Safe for use by several threads.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Calls that may wait: a burst of some thousand changes is taken in at once, and costs about a megabyte. */
    static final int MAX_PENDING_CALLS = 10_000;

    private final Executor thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private int pending;

    /** Makes a dispatcher on an executor that runs one task after another. */
    Dispatcher(Executor thread) {
        this.thread = thread;
    }

    void dispatch(Runnable call) {
        add(1);
        try {
            thread.execute(() -> run(call));
        } catch (RejectedExecutionException e) {
            add(-1);
            LOG.debug("Closed: a listener is not called any more");
        }
    }

    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (pending >= MAX_PENDING_CALLS) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    // Listeners are foreign code: whatever one throws must not keep the others from being called.
    private void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A listener failed", e);
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            add(-1);
        }
    }

    private void add(int calls) {
        lock.lock();
        try {
            pending += calls;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
