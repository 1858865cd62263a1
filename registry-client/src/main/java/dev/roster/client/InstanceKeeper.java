package dev.roster.client;

import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one instance registered: registers it, sends heartbeats at a third of its time to live (a tenth of that shorter or
 * not, at random), registers it again when the server no longer has it or has not been heard for the whole time to live, and
 * takes it away when closed. Goes on for ever while the server is away, says so once in the log, and again when it is back.
 */
public final class InstanceKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceKeeper.class);
    private static final Duration DEFAULT_TTL = Duration.ofSeconds(30);
    private static final int HEARTBEATS_PER_TTL = 3;
    private static final double JITTER = 0.1;

    /** As in {@link WatchStream}: after an outage of any length everything is as it was within 5 s. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    /** For so long another member is asked when one does not answer to an instance that leaves. */
    private static final Duration LEAVE_FOR = Duration.ofSeconds(1);

    private final Session session;
    private final String service;
    private final String id;
    private final InstanceRegistration registration;
    private final Duration ttl;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ScheduledExecutorService scheduler;
    private final Consumer<InstanceKeeper> onClose;
    private final Backoff backoff;
    private final CompletableFuture<Instance> first = new CompletableFuture<>();

    /** Held while an attempt is under way, by whoever makes it; guards the three below. */
    private final ReentrantLock work = new ReentrantLock();
    private boolean mayBeRegistered;
    private boolean registerNext = true;
    private Instant lastSuccess = Instant.MIN;
    private volatile @Nullable Future<?> task;
    private volatile boolean leaving;
    private volatile boolean closed;
    private volatile State state = State.STARTING;
    private volatile @Nullable RosterException failure;

    /** How a registration is doing. */
    public enum State {
        /** Not registered yet, no attempt has ended. */
        STARTING,
        /** Registered as far as is known. */
        REGISTERED,
        /** The last attempt failed, another one follows. */
        FAILING,
        /** Taken away. */
        CLOSED
    }

    InstanceKeeper(Session session, String service, String id, InstanceRegistration registration, InstantSource clock,
            RandomGenerator random, ScheduledExecutorService scheduler, Consumer<InstanceKeeper> onClose) {
        this.session = session;
        this.service = service;
        this.id = id;
        this.registration = registration;
        Duration given = registration.ttl();
        this.ttl = given == null ? DEFAULT_TTL : given;
        this.clock = clock;
        this.random = random;
        this.scheduler = scheduler;
        this.onClose = onClose;
        Duration heartbeat = ttl.dividedBy(HEARTBEATS_PER_TTL);
        this.backoff = new Backoff(atMost(LONGEST_PAUSE, heartbeat.dividedBy(2)), atMost(LONGEST_PAUSE, heartbeat),
                random);
    }

    private static Duration atMost(Duration most, Duration duration) {
        return duration.compareTo(most) < 0 ? duration : most;
    }

    /** Returns the name of the service. */
    public String service() {
        return service;
    }

    /** Returns the id of the instance. */
    public String id() {
        return id;
    }

    /** Returns how the registration is doing. */
    public State state() {
        return state;
    }

    /** Returns why the last attempt failed, null if it did not. */
    public @Nullable RosterException failure() {
        return failure;
    }

    /** Returns a future of the first registration. It never fails; closing the keeper cancels it. */
    public CompletableFuture<Instance> registered() {
        return first.copy();
    }

    void start() {
        schedule(Duration.ZERO);
    }

    private void schedule(Duration delay) {
        if (closed) {
            return;
        }
        try {
            task = scheduler.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: no more heartbeats for {}", this);
        }
    }

    private void run() {
        Duration next;
        work.lock();
        try {
            if (closed) {
                return;
            }
            next = attempt();
        } finally {
            work.unlock();
        }
        schedule(next);
    }

    private Duration attempt() {
        Duration heartbeat = ttl.dividedBy(HEARTBEATS_PER_TTL);
        if (Duration.between(lastSuccess, clock.instant()).compareTo(ttl) > 0) {
            registerNext = true;
        }
        if (registerNext && leaving) {
            return heartbeat;
        }
        try {
            HttpRegistry registry = new HttpRegistry(session.retryingFor(heartbeat));
            if (registerNext) {
                mayBeRegistered = true;
                Instance instance = registry.register(service, id, registration);
                first.complete(instance);
            } else {
                registry.renew(service, id);
            }
            succeeded();
            return Backoff.shorten(heartbeat, JITTER, random);
        } catch (RosterRejectedException e) {
            if (!registerNext && e.is("instance-not-found")) {
                LOG.warn("{} is no longer registered{}", this, leaving ? "" : " and is registered again");
                registerNext = true;
                return Duration.ZERO;
            }
            failed(e);
            return Backoff.shorten(heartbeat, JITTER, random);
        } catch (RosterException e) {
            failed(e);
            return backoff.next();
        }
    }

    private void succeeded() {
        if (state != State.REGISTERED) {
            LOG.info("Registered {}", this);
        }
        registerNext = false;
        lastSuccess = clock.instant();
        failure = null;
        state = State.REGISTERED;
        backoff.reset();
    }

    private void failed(RosterException e) {
        if (closed) {
            return;
        }
        if (state != State.FAILING) {
            LOG.warn("{} cannot be {} and is tried again: {}", this, registerNext ? "registered" : "kept registered",
                    e.getMessage());
        }
        failure = e;
        state = State.FAILING;
    }

    /**
     * Takes the instance out of the traffic, and waits until everybody who follows its service and acknowledges knows. Until this
     * is closed heartbeats go on, so that the instance may finish what it has; it is not registered again. When the server is
     * known to be away, or refuses connections, this returns within a second or a few.
     *
     * @param wait how long to wait for acknowledgements at most, 0 to 25 s
     * @return what came of it; empty if the instance is not registered, or if nobody could be told
     */
    public Optional<DrainResult> drain(Duration wait) {
        leaving = true;
        if (!isRegistered()) {
            return Optional.empty();
        }
        try {
            DrainResult result = new HttpRegistry(session.retryingFor(LEAVE_FOR)).drain(service, id, wait);
            if (result.outcome() == DrainResult.Outcome.ACKNOWLEDGED) {
                LOG.info("{} is draining, as all {} subscribers know", this, result.subscribers());
            } else {
                LOG.warn("{} is draining, but {} subscribers have not acknowledged that, first of them {}; unheard {}",
                        this, result.lagging(), result.pending().stream().findFirst().orElse(null),
                        result.unheardMembers());
            }
            return Optional.of(result);
        } catch (RosterException e) {
            LOG.warn("{} was not drained: {}", this, e.getMessage());
            return Optional.empty();
        }
    }

    /** An attempt that is under way may yet register it, as one that does not leave; one that takes long will fail. */
    private boolean isRegistered() {
        try {
            if (!work.tryLock(LEAVE_FOR.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return state == State.REGISTERED;
        } finally {
            work.unlock();
        }
    }

    /**
     * Takes the instance away. Waits for the answer, a few seconds at most; if none comes, the instance ends with its time to
     * live.
     */
    @Override
    public void close() {
        closed = true;
        Future<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
        work.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            boolean reachable = state != State.FAILING;
            state = State.CLOSED;
            first.cancel(false);
            if (mayBeRegistered) {
                deregister(reachable ? LEAVE_FOR : Duration.ZERO);
            }
        } finally {
            work.unlock();
        }
        onClose.accept(this);
    }

    private void deregister(Duration retryFor) {
        try {
            new HttpRegistry(session.retryingFor(retryFor)).deregister(service, id);
            LOG.info("Deregistered {}", this);
        } catch (RosterRejectedException e) {
            if (!e.is("instance-not-found")) {
                LOG.warn("{} was not deregistered: {}", this, e.getMessage());
            }
        } catch (RosterException e) {
            LOG.warn("{} was not deregistered, it ends within {}: {}", this, ttl, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "instance " + id + " of service " + service;
    }
}
