package dev.roster.client;

import dev.roster.api.coordination.CoordinationSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds locks and the like for this program: opens a session when the first is claimed, keeps it alive, and tells those who hold
 * something when it is lost. After a loss the next claim opens another session. Safe for use by several threads, which may be
 * virtual ones.
 *
 * <p>It has two threads of its own: one speaks to the server, the other one tells a loss in time whatever that is waiting for.
 */
public final class SessionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    private static final int SIGNS_PER_TTL = 3;
    private static final double JITTER = 0.1;
    private static final Duration END_FOR = Duration.ofSeconds(1);

    private final Session session;
    private final Duration ttl;
    private final String name;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Acquisition acquisition;
    private final BarrierWait barrierWait;
    private final Consumer<SessionKeeper> onClose;
    private final ScheduledThreadPoolExecutor speaker = newThread("roster-session");
    private final ScheduledThreadPoolExecutor watchdog = newThread("roster-session-watchdog");
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable KeptSession current;
    private volatile boolean closed;

    SessionKeeper(Session session, Duration ttl, String name, LongSupplier nanos, RandomGenerator random, Pause pause,
            Consumer<SessionKeeper> onClose) {
        this.session = session;
        this.ttl = ttl;
        this.name = name;
        this.nanos = nanos;
        this.random = random;
        this.onClose = onClose;
        HttpCoordination operations = new HttpCoordination(session);
        this.acquisition = new Acquisition(this, operations, nanos, random, pause);
        this.barrierWait = new BarrierWait(this, operations, nanos, random, pause);
    }

    private static ScheduledThreadPoolExecutor newThread(String name) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, ClientRuntime.daemons(name));
        thread.setRemoveOnCancelPolicy(true);
        return thread;
    }

    /** Returns how long what is held outlives this program. */
    public Duration ttl() {
        return ttl;
    }

    /** Returns the id of the session, if one is open and certainly alive. Asks nobody. */
    public Optional<String> sessionId() {
        KeptSession present = current;
        return present == null || !present.isAlive() ? Optional.empty() : Optional.of(present.id());
    }

    /**
     * Returns the id of a session that is alive, opening one if there is none.
     *
     * @throws RosterException if none can be opened
     */
    public String openSession() {
        return session().id();
    }

    /**
     * Claims something and waits as long as it takes, through any outage of the server.
     *
     * @throws InterruptedException if the thread is interrupted; nothing is held then
     * @throws RosterRejectedException if the server refuses for another reason than that others hold it
     */
    public HeldClaim claim(ClaimSpec spec) throws InterruptedException {
        return acquisition.acquire(spec);
    }

    /**
     * Claims something if it is free within a time.
     *
     * @param wait zero does not wait, and does not stand in the queue
     * @return empty if others held it all the time, or others are before in the queue
     * @throws InterruptedException if the thread is interrupted; nothing is held then
     * @throws RosterException if the server refuses for another reason, or could not be asked until the time was over
     */
    public Optional<HeldClaim> tryClaim(ClaimSpec spec, Duration wait) throws InterruptedException {
        return acquisition.tryAcquire(spec, wait);
    }

    /**
     * Arrives at a barrier, and waits until all have arrived. It goes through an outage of the server that is shorter than the time to
     * live. Whoever gives up waiting breaks the barrier for all others.
     *
     * @param name 1 to 128 letters, digits, dots, colons, hyphens and underscores; a barrier serves once
     * @param parties how many have to arrive, 1 to 1,000, which everybody has to say alike
     * @param deadline how long to wait at most
     * @throws BrokenBarrierException if one has gone before all had arrived, or the session was lost, so that the others do not
     *     wait for this program either
     * @throws TimeoutException if not all had arrived when the time was over, or the server could not be asked until then. Was it away at the
     *     end, the others may have gone on together with this program before it was back
     * @throws InterruptedException if the thread is interrupted
     * @throws RosterRejectedException if the server refuses for another reason, such as {@code parties-mismatch}
     */
    public void awaitBarrier(String name, int parties, Duration deadline)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        barrierWait.await(name, parties, deadline);
    }

    /** Returns a session that is alive, opening one if there is none. */
    KeptSession session() {
        KeptSession present = current;
        if (present != null && present.isAlive()) {
            return present;
        }
        opening.lock();
        try {
            return open();
        } finally {
            opening.unlock();
        }
    }

    private KeptSession open() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        KeptSession present = current;
        if (present != null) {
            if (present.isAlive()) {
                return present;
            }
            present.lost();
        }
        long sentAt = nanos.getAsLong();
        CoordinationSession opened = operations(ttl).openSession(ttl, name);
        KeptSession next = new KeptSession(opened.id(), ttl, sentAt, nanos);
        current = next;
        LOG.debug("Opened {}", next);
        schedule(next, sign());
        watch(next);
        return next;
    }

    private Duration sign() {
        return Backoff.shorten(ttl.dividedBy(SIGNS_PER_TTL), JITTER, random);
    }

    private void schedule(KeptSession kept, Duration delay) {
        try {
            Future<?> unused = speaker.schedule(() -> speak(kept), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: no more signs of life for {}", kept);
        }
    }

    private void speak(KeptSession kept) {
        if (!kept.isAlive()) {
            return;
        }
        Duration part = ttl.dividedBy(SIGNS_PER_TTL);
        long sentAt = nanos.getAsLong();
        try {
            operations(part.dividedBy(2)).keepSessionAlive(kept.id());
            kept.renewed(sentAt);
            kept.takeAbandoned().forEach(claim -> end(kept, claim));
            schedule(kept, sign());
        } catch (RosterRejectedException e) {
            if (e.is("session-not-found")) {
                lost(kept, "the server has ended it");
                return;
            }
            LOG.warn("{} cannot be kept alive and is tried again: {}", kept, e.getMessage());
            schedule(kept, part.dividedBy(2));
        } catch (RosterException e) {
            LOG.warn("{} cannot be kept alive and is tried again: {}", kept, e.getMessage());
            schedule(kept, part.dividedBy(2));
        }
    }

    private void end(KeptSession kept, Abandoned claim) {
        try {
            claim.end().accept(operations(Duration.ZERO));
        } catch (RosterRejectedException e) {
            LOG.debug("{} has ended: {}", claim.what(), e.getMessage());
        } catch (RosterException e) {
            kept.abandon(claim);
        }
    }

    /** Tells the loss when the time is over, and looks again when it has been put off. */
    private void watch(KeptSession kept) {
        if (!kept.isAlive()) {
            lost(kept, "no sign of life was acknowledged for " + ttl);
            return;
        }
        try {
            Future<?> unused = watchdog.schedule(() -> watch(kept), Math.max(1, kept.remaining().toNanos()),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: {} is watched no more", kept);
        }
    }

    /** Ends a session that the server does not have any more. */
    void lost(KeptSession kept, String reason) {
        if (!closed && kept == current) {
            LOG.warn("{} is lost, and all that was held by it: {}", kept, reason);
        }
        kept.lost();
    }

    private HttpCoordination operations(Duration retryFor) {
        return new HttpCoordination(session.retryingFor(retryFor));
    }

    /** Ends the session, and with it everything that is held. Waits for that, some seconds at most. */
    @Override
    public void close() {
        opening.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            opening.unlock();
        }
        speaker.shutdownNow();
        watchdog.shutdownNow();
        KeptSession present = current;
        if (present != null && present.isAlive()) {
            try {
                operations(END_FOR).endSession(present.id());
            } catch (RosterException e) {
                LOG.warn("{} was not ended, it ends within {}: {}", present, ttl, e.getMessage());
            }
        }
        if (present != null) {
            present.lost();
        }
        onClose.accept(this);
    }
}
