package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.Restored;
import dev.roster.server.store.StateMachine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges leases while this member leads: notes keep-alives and proposes the end of leases whose time is over.
 *
 * <p>A member does not know at once that it leads no longer, and what it has proposed may reach the log through the leader
 * after it, which has taken keep-alives meanwhile. So who leads first claims the judgement in the log, with its term
 * ({@link ExpireLeases}), and begins when that is applied here: every earlier judgement is applied before, and what comes of one
 * afterwards does nothing. A leader that sees the claim of a later one ceases to judge.
 *
 * <p>Thread-safe.
 */
final class LeaseWarden {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseWarden.class);

    /** Leases ended by one command: a thousand instances of a crashed host go in one log entry. */
    private static final int MAX_REVOKED_TOGETHER = 1024;

    private final StateMachine replica;
    private final Function<Command, CompletableFuture<CommandResult>> proposals;
    private final LeaseDeadlines deadlines;
    private final HoldBack holdBack;
    private final LeaseMetrics metrics;

    /** Ends of leases that may come yet: nobody knows whether they are in the log. */
    private final Queue<ExpireLeases> unresolved = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean claiming = new AtomicBoolean();

    /** In which this member leads, 0 if it does not. Written under the lock. */
    private volatile long term;

    /** Whether the claim for the term is applied, and none for a later one. Written under the lock. */
    private volatile boolean judging;

    LeaseWarden(StateMachine replica, Function<Command, CompletableFuture<CommandResult>> proposals,
            LongSupplier nanoTime, HoldBackRules rules, MeterRegistry meters) {
        this.replica = replica;
        this.proposals = proposals;
        this.deadlines = new LeaseDeadlines(nanoTime);
        this.holdBack = new HoldBack(rules, nanoTime);
        this.metrics = new LeaseMetrics(meters, this::state);
        replica.addListener(this::onApplied);
    }

    /**
     * Claims the judgement. Every lease gets a full period when it begins.
     *
     * @param newTerm in which this member leads
     */
    void lead(long newTerm) {
        synchronized (this) {
            stop();
            term = newTerm;
        }
        claim();
    }

    /** Ceases to judge. */
    synchronized void follow() {
        stop();
        term = 0;
    }

    private void stop() {
        judging = false;
        unresolved.clear();
        holdBack.begin();
        deadlines.end();
    }

    /** Tells whether this member judges leases, as far as its replica shows. */
    boolean isLeading() {
        return judging;
    }

    private void claim() {
        long claimed = term;
        if (claimed != 0 && claiming.compareAndSet(false, true)) {
            var _ = proposals.apply(new ExpireLeases(claimed, List.of()))
                    .whenComplete((result, error) -> claiming.set(false));
        }
    }

    /** Gives leases a full period and returns those that this member does not know (yet, or any more). */
    List<LeaseId> renew(Collection<LeaseId> ids) {
        List<LeaseId> unknown = new ArrayList<>();
        for (LeaseId id : ids) {
            if (!deadlines.renew(id)) {
                unknown.add(id);
            }
        }
        return unknown;
    }

    /** Returns how long a lease has to live, 0 or more; empty if this member does not know it (yet, or any more). */
    Optional<Duration> remaining(LeaseId id) {
        return deadlines.remaining(id);
    }

    /** Returns how this member judges leases, as of the last look. */
    ExpiryState state() {
        return judging ? holdBack.state() : ExpiryState.NONE;
    }

    /** Ends what is held back, from the next look on. */
    void release() {
        holdBack.release();
    }

    /**
     * Proposes the end of leases whose time is over, unless so many are that it is held back. To be called a few times a
     * second.
     */
    void tick() {
        long judgedIn = term;
        if (!judging || judgedIn == 0) {
            claim();
            return;
        }
        for (ExpireLeases again = unresolved.poll(); again != null; again = unresolved.poll()) {
            end(again);
        }
        LeaseDeadlines.Census census = deadlines.census();
        boolean mayEnd = holdBack.mayEnd(census.live(), census.overdue());
        if (!mayEnd || census.overdue() == 0) {
            return;
        }
        ExpireLeases expired = new ExpireLeases(judgedIn, deadlines.takeExpired(MAX_REVOKED_TOGETHER));
        holdBack.ended(expired.ids().size());
        end(expired);
    }

    private void end(ExpireLeases expired) {
        var _ = proposals.apply(expired).whenComplete((result, error) -> {
            if (result instanceof LeasesRevoked revoked) {
                metrics.recordExpired(revoked.ids().size());
            } else if (error instanceof OutcomeUnknownException) {
                // They may end at any moment: a keep-alive must not be told that it was in time.
                unresolved.add(expired);
            } else {
                LOG.debug("{} expired leases could not be ended, trying again", expired.ids().size(), error);
                deadlines.putBack(expired.ids());
                holdBack.ended(-expired.ids().size());
            }
        });
    }

    private synchronized void onApplied(@Nullable Command command, @Nullable CommandResult result) {
        if (term == 0) {
            return;
        }
        if (replica.judgingTerm() != term) {
            judging = false;
            return;
        }
        if (!judging || command == null || result instanceof Restored) {
            deadlines.begin(replica.leases());
            judging = true;
        } else if (result instanceof LeaseGranted granted) {
            deadlines.start(granted.id(), granted.ttl());
        } else if (result instanceof LeasesRevoked revoked) {
            deadlines.remove(revoked.ids());
        }
    }
}
