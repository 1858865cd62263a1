package dev.roster.spring.coordination;

import dev.roster.api.coordination.Claim;
import dev.roster.client.ClaimKind;
import dev.roster.client.ClaimLostException;
import dev.roster.client.ClaimSpec;
import dev.roster.client.CoordinationOperations;
import dev.roster.client.HeldClaim;
import dev.roster.client.RosterException;
import dev.roster.client.SessionKeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * An election that the application stands for as long as it runs. One of all candidates leads; when it stops, or is lost, the next in
 * the queue does. Made by {@link Coordination#election}; safe for use by several threads.
 *
 * <p>{@link #isLeader} is false as soon as the session is lost by the clock of this machine, before the server lets another one lead.
 * That an operator has deposed the leader is noticed within a third of {@code roster.coordination.session-ttl}.
 */
public final class LeaderElection {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
    private static final int CHECKS_PER_TTL = 3;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final SessionKeeper keeper;
    private final CoordinationOperations operations;
    private final ApplicationEventPublisher events;
    private final ClaimSpec spec;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable HeldClaim leadership;
    private volatile boolean running;
    private boolean resigning;
    private @Nullable Thread thread;

    LeaderElection(SessionKeeper keeper, CoordinationOperations operations, ApplicationEventPublisher events,
            String name, String value) {
        this.keeper = keeper;
        this.operations = operations;
        this.events = events;
        this.spec = ClaimSpec.election(name, value);
    }

    /** Returns the name of the election. */
    public String name() {
        return spec.name();
    }

    /** Tells whether the application leads. Asks nobody. */
    public boolean isLeader() {
        HeldClaim present = leadership;
        return present != null && present.isHeld();
    }

    /** Returns the fencing token of the leadership, empty if the application does not lead. */
    public OptionalLong fencingToken() {
        HeldClaim present = leadership;
        return present != null && present.isHeld() ? OptionalLong.of(present.fencingToken()) : OptionalLong.empty();
    }

    /**
     * Asks the server who leads.
     *
     * @return the leader's claim, with what it says to others; empty if nobody leads
     * @throws RosterException if the server cannot be asked
     */
    public Optional<Claim> leader() {
        return operations.claims(ClaimKind.ELECTION, spec.name()).claims().stream().filter(Claim::held).findFirst();
    }

    /**
     * Replaces what others are shown of the application as the leader.
     *
     * @throws IllegalStateException if it does not lead
     * @throws RosterException if the server refuses or cannot be asked
     */
    public void proclaim(String value) {
        HeldClaim present = leadership;
        if (present == null || !present.isHeld()) {
            throw new IllegalStateException("the application does not lead in " + spec);
        }
        operations.proclaim(spec.name(), present.claim(), value);
    }

    /** Lets another candidate lead, if the application does, and queues up again behind all others. */
    public void resign() {
        lock.lock();
        try {
            resigning = leadership != null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void start() {
        lock.lock();
        try {
            if (thread == null) {
                running = true;
                Thread next = new Thread(this::run, "roster-election-" + spec.name());
                next.setDaemon(true);
                next.start();
                thread = next;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Resigns and stands no more. Waits until that is told, and listeners have heard of it, some seconds at most. */
    void stop() {
        Thread ending;
        lock.lock();
        try {
            ending = thread;
            thread = null;
            running = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (ending == null || ending == Thread.currentThread()) {
            return;
        }
        if (leadership == null) {
            ending.interrupt();
        }
        try {
            ending.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (running) {
                stand();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: stands no more", spec);
        }
    }

    private void stand() throws InterruptedException {
        HeldClaim claim;
        try {
            claim = keeper.claim(spec);
        } catch (RosterException e) {
            LOG.warn("{}: the application cannot stand for election and tries again: {}", spec, e.getMessage());
            pause();
            return;
        }
        lead(claim);
    }

    /** The server refuses, by reason of rights or limits: that may change. */
    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = keeper.ttl().toNanos();
            while (running && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead(HeldClaim claim) {
        claim.onLoss(this::wake);
        lock.lock();
        try {
            resigning = false;
            leadership = claim;
        } finally {
            lock.unlock();
        }
        LOG.info("{}: the application leads, with fencing token {}", spec, claim.fencingToken());
        publish(new LeadershipGrantedEvent(spec.name(), claim.fencingToken()));
        boolean resigned = awaitEnd(claim);
        leadership = null;
        publish(new LeadershipRevokedEvent(spec.name(), claim.fencingToken(), resigned));
        try {
            claim.release();
            LOG.info("{}: the application leads no more", spec);
        } catch (ClaimLostException e) {
            LOG.warn("{}: the application has lost the lead", spec);
        } catch (RosterException e) {
            LOG.warn("{}: the lead was not given up: {}", spec, e.getMessage());
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the leadership ends; true says that it was given up. */
    private boolean awaitEnd(HeldClaim claim) {
        long interval = keeper.ttl().dividedBy(CHECKS_PER_TTL).toNanos();
        while (true) {
            lock.lock();
            try {
                if (!claim.isHeld()) {
                    return false;
                }
                if (resigning || !running) {
                    return true;
                }
                if (changed.await(interval, TimeUnit.NANOSECONDS)) {
                    continue;
                }
            } catch (InterruptedException e) {
                return claim.isHeld();
            } finally {
                lock.unlock();
            }
            if (isDeposed(claim)) {
                return false;
            }
        }
    }

    /** Finds out that somebody took the leadership away; whether the session lives is known without asking. */
    private boolean isDeposed(HeldClaim claim) {
        try {
            return !claim.verify();
        } catch (RosterException e) {
            LOG.debug("{}: {}", spec, e.getMessage());
            return false;
        }
    }

    // Listeners are foreign code: whatever one throws must not end the election.
    private void publish(Object event) {
        try {
            events.publishEvent(event);
        } catch (RuntimeException e) {
            LOG.error("A listener to {} failed", event, e);
        }
    }

    @Override
    public String toString() {
        return spec.toString();
    }
}
