package dev.roster.client;

import dev.roster.api.watch.AcknowledgementRequest;
import dev.roster.client.Transport.Attempt;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the member that serves the stream up to which revision it is taken in, so that whoever drains an instance knows that
 * nothing is sent to it any more. One request at a time: what is taken in meanwhile is told by the next one. A request that
 * fails is made again when the stream says something next. Safe for use by several threads; nothing here waits.
 */
final class Acknowledgements {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final Transport transport;
    private final Supplier<Credentials> credentials;
    private final ScheduledExecutorService scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stream stream;
    private long taken;
    private long told;
    private boolean telling;

    /** A stream, by the member that serves it and the name that it has there. */
    private record Stream(URI address, String watch) {}

    Acknowledgements(Transport transport, Supplier<Credentials> credentials, ScheduledExecutorService scheduler) {
        this.transport = transport;
        this.credentials = credentials;
        this.scheduler = scheduler;
    }

    /**
     * Begins with a stream, in place of the one before.
     *
     * @param watch its name, null if the member takes no acknowledgements
     */
    void begin(URI address, @Nullable String watch) {
        lock.lock();
        try {
            stream = watch == null ? null : new Stream(address, watch);
            told = 0;
            taken = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what says that the stream at hand is taken in up to a revision, to be run when it is. */
    Runnable taking(long revision) {
        Stream of;
        lock.lock();
        try {
            of = stream;
        } finally {
            lock.unlock();
        }
        return () -> taken(of, revision);
    }

    private void taken(@Nullable Stream of, long revision) {
        lock.lock();
        try {
            // What was taken in of another stream says nothing about what this one follows.
            if (of != null && of.equals(stream)) {
                taken = Math.max(taken, revision);
            }
        } finally {
            lock.unlock();
        }
        tellWhatIsTaken();
    }

    /** Has told what is not told yet, such as after a failure. */
    void tellWhatIsTaken() {
        lock.lock();
        try {
            if (telling || stream == null || taken <= told) {
                return;
            }
            telling = true;
        } finally {
            lock.unlock();
        }
        try {
            scheduler.execute(this::tell);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: nothing is acknowledged any more");
        }
    }

    /** What is to be told. */
    private record Due(Stream to, long revision) {}

    // The edge of a task: whatever goes wrong, the next acknowledgement must be possible.
    private void tell() {
        try {
            Due due = due();
            while (due != null) {
                due = send(due) ? due() : stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (RuntimeException e) {
            LOG.debug("An acknowledgement was not sent", e);
            stop();
        }
    }

    /** Returns what is to be told next; when nothing is, this task is over. */
    private @Nullable Due due() {
        lock.lock();
        try {
            Stream to = stream;
            if (to == null || taken <= told) {
                telling = false;
                return null;
            }
            return new Due(to, taken);
        } finally {
            lock.unlock();
        }
    }

    /** Ends this task, though something may be left to tell. */
    private @Nullable Due stop() {
        lock.lock();
        try {
            telling = false;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the member has answered. */
    private boolean send(Due due) throws InterruptedException {
        Call.Path path = new Call.Path("/watch").segment("watch", due.to().watch()).literal("/acknowledgement");
        Attempt attempt = transport.send(due.to().address(),
                Call.idempotent("PUT", path, new AcknowledgementRequest(due.revision())), credentials);
        if (attempt instanceof Attempt.Failed failed) {
            LOG.debug("Revision {} was not acknowledged: {}", due.revision(), failed.reason());
            return false;
        }
        settle(due, attempt instanceof Attempt.Answered);
        return true;
    }

    /** A member that refuses knows the stream no more: it is about to end. */
    private void settle(Due due, boolean taken) {
        lock.lock();
        try {
            if (due.to().equals(stream)) {
                told = due.revision();
                stream = taken ? stream : null;
            }
        } finally {
            lock.unlock();
        }
    }
}
