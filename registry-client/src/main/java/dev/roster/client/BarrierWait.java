package dev.roster.client;

import dev.roster.api.coordination.BarrierPhase;
import dev.roster.api.coordination.BarrierState;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at barriers. Each wait is an arrival with a name of its own, which is the same one while it is asked for again and again, at
 * whatever member. It leaves in the end whatever has become of it, so that the barrier may be removed.
 */
final class BarrierWait {
    private static final Logger LOG = LoggerFactory.getLogger(BarrierWait.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final SessionKeeper keeper;
    private final CoordinationOperations operations;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Pause pause;

    BarrierWait(SessionKeeper keeper, CoordinationOperations operations, LongSupplier nanos, RandomGenerator random,
            Pause pause) {
        this.keeper = keeper;
        this.operations = operations;
        this.nanos = nanos;
        this.random = random;
        this.pause = pause;
    }

    /** A party of this program that stands at a barrier, or may stand. */
    private record Arrival(KeptSession session, String id) {}

    void await(String barrier, int parties, Duration patience)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        Deadline deadline = Deadline.after(patience, nanos);
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        @Nullable
        Arrival arrival = null;
        boolean open = false;
        try {
            while (!open) {
                try {
                    if (arrival == null) {
                        arrival = new Arrival(keeper.session(), UUID.randomUUID().toString());
                    }
                    open = ask(barrier, arrival, parties, deadline);
                    backoff.reset();
                } catch (RosterRejectedException e) {
                    if (!e.is("session-not-found") || arrival == null) {
                        throw brokenOr(e);
                    }
                    // Had it stood, the barrier is open or broken by now, which is told to the next one.
                    keeper.lost(arrival.session, "the server has ended it");
                    arrival = null;
                } catch (RosterException e) {
                    pauseOrGiveUp(barrier, e, backoff, deadline);
                }
                if (!open && deadline.isOver()) {
                    Arrival ending = arrival;
                    arrival = null;
                    open = ending != null && leave(barrier, ending);
                    if (!open) {
                        throw new TimeoutException("not all had arrived at barrier " + barrier);
                    }
                }
            }
        } finally {
            if (arrival != null) {
                leave(barrier, arrival);
            }
        }
    }

    /** Asks once; true says that it is open. */
    private boolean ask(String barrier, Arrival arrival, int parties, Deadline deadline)
            throws InterruptedException, BrokenBarrierException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!arrival.session.isAlive()) {
            // To stand a second time, before the server has ended this one, would count this program twice.
            throw new BrokenBarrierException("the session that stood at barrier " + barrier + " was lost");
        }
        BarrierState state = operations.arrive(barrier, arrival.id, arrival.session.id(), parties, deadline.left());
        return state.phase() == BarrierPhase.OPEN;
    }

    private static RosterRejectedException brokenOr(RosterRejectedException e) throws BrokenBarrierException {
        if (e.is("barrier-broken")) {
            throw new BrokenBarrierException(e.problem().detail());
        }
        return e;
    }

    private void pauseOrGiveUp(String barrier, RosterException e, Backoff backoff, Deadline deadline)
            throws InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (deadline.isOver()) {
            TimeoutException timeout = new TimeoutException("Roster could not be asked about barrier " + barrier);
            timeout.initCause(e);
            throw timeout;
        }
        LOG.debug("Barrier {} cannot be waited for yet: {}", barrier, e.getMessage());
        pause.pause(backoff.next());
    }

    /** Ends an arrival; true says that the barrier had opened before, false that it had not or that this is not known. */
    private boolean leave(String barrier, Arrival arrival) {
        boolean interrupted = Thread.interrupted();
        try {
            return operations.leaveBarrier(barrier, arrival.id).phase() == BarrierPhase.OPEN;
        } catch (RosterException e) {
            // Also when there is no such arrival: the request that makes it may still be under way.
            LOG.debug("Barrier {} is left later: {}", barrier, e.getMessage());
            arrival.session.abandon(
                    new Abandoned("barrier " + barrier, later -> later.leaveBarrier(barrier, arrival.id)));
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
