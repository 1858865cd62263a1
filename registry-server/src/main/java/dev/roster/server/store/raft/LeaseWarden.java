package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.Restored;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.StateMachine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges leases while this member leads: notes keep-alives and proposes the end of leases whose time is over.
 *
 * <p>Thread-safe. Proposing the end of a lease can't harm when this member leads no longer without knowing it: the proposal
 * reaches the log through the real leader, which gave the lease at least as long.
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
    private volatile boolean leading;

    LeaseWarden(StateMachine replica, Function<Command, CompletableFuture<CommandResult>> proposals,
            LongSupplier nanoTime, HoldBackRules rules, MeterRegistry meters) {
        this.replica = replica;
        this.proposals = proposals;
        this.deadlines = new LeaseDeadlines(nanoTime);
        this.holdBack = new HoldBack(rules, nanoTime);
        this.metrics = new LeaseMetrics(meters, this::state);
        replica.addListener(this::onApplied);
    }

    /** Begins to judge: every lease gets a full period. */
    void lead() {
        // Leases that are applied from now on come through the listener; those applied before are in the replica.
        leading = true;
        holdBack.begin();
        deadlines.begin(replica.leases());
    }

    /** Ceases to judge. */
    void follow() {
        leading = false;
        holdBack.begin();
        deadlines.end();
    }

    /** Tells whether this member judges leases. */
    boolean isLeading() {
        return leading;
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
        return leading ? holdBack.state() : ExpiryState.NONE;
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
        if (!leading) {
            return;
        }
        LeaseDeadlines.Census census = deadlines.census();
        boolean mayEnd = holdBack.mayEnd(census.live(), census.overdue());
        if (!mayEnd || census.overdue() == 0) {
            return;
        }
        List<LeaseId> expired = deadlines.takeExpired(MAX_REVOKED_TOGETHER);
        holdBack.ended(expired.size());
        var _ = proposals.apply(new RevokeLeases(expired)).whenComplete((result, error) -> {
            if (error == null) {
                metrics.recordExpired(expired.size());
            } else {
                LOG.debug("{} expired leases could not be ended, trying again", expired.size(), error);
                deadlines.putBack(expired);
                holdBack.ended(-expired.size());
            }
        });
    }

    private void onApplied(@Nullable Command command, @Nullable CommandResult result) {
        if (!leading) {
            return;
        }
        if (command == null || result instanceof Restored) {
            deadlines.begin(replica.leases());
        } else if (result instanceof LeaseGranted granted) {
            deadlines.start(granted.id(), granted.ttl());
        } else if (result instanceof LeasesRevoked revoked) {
            deadlines.remove(revoked.ids());
        }
    }
}
