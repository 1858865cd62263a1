package dev.roster.client;

import dev.roster.api.coordination.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets what a program wants to hold. Each attempt is a claim with a name of its own, which keeps its place in the queue while it is
 * asked for again and again, at whatever member; whoever gives up withdraws it.
 */
final class Acquisition {
    private static final Logger LOG = LoggerFactory.getLogger(Acquisition.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final SessionKeeper keeper;
    private final CoordinationOperations operations;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Pause pause;

    Acquisition(SessionKeeper keeper, CoordinationOperations operations, LongSupplier nanos, RandomGenerator random,
            Pause pause) {
        this.keeper = keeper;
        this.operations = operations;
        this.nanos = nanos;
        this.random = random;
        this.pause = pause;
    }

    /** A claim of this program that stands, or may stand. */
    private record Attempt(KeptSession session, String claim) {}

    HeldClaim acquire(ClaimSpec spec) throws InterruptedException {
        while (true) {
            Optional<HeldClaim> held = run(spec, null);
            if (held.isPresent()) {
                return held.get();
            }
        }
    }

    Optional<HeldClaim> tryAcquire(ClaimSpec spec, Duration wait) throws InterruptedException {
        return run(spec, wait);
    }

    private Optional<HeldClaim> run(ClaimSpec spec, @Nullable Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.after(patience, nanos);
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        @Nullable
        Attempt attempt = null;
        boolean settled = false;
        try {
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                try {
                    if (attempt == null || !attempt.session.isAlive()) {
                        attempt = new Attempt(keeper.session(), UUID.randomUUID().toString());
                    }
                    Claim answer = operations.claim(spec, attempt.claim, attempt.session.id(), patience == null
                            || !patience.isZero(), deadline.left());
                    Long token = answer.fencingToken();
                    if (answer.held() && token != null && attempt.session.isAlive()) {
                        settled = true;
                        return Optional.of(new HeldClaim(operations, attempt.session, spec, attempt.claim, token));
                    }
                    if (!answer.held() && deadline.isOver()) {
                        return Optional.empty();
                    }
                    backoff.reset();
                } catch (RosterRejectedException e) {
                    Attempt refused = attempt;
                    attempt = null;
                    if (e.is("already-held")) {
                        settled = true;
                        return Optional.empty();
                    } else if (e.is("session-not-found") && refused != null) {
                        keeper.lost(refused.session, "the server has ended it");
                    } else if (!e.is("claim-not-found")) {
                        attempt = refused;
                        throw e;
                    }
                } catch (RosterException e) {
                    pauseOrGiveUp(spec, e, backoff, deadline);
                }
            }
        } finally {
            if (!settled && attempt != null) {
                withdraw(spec, attempt);
            }
        }
    }

    private void pauseOrGiveUp(ClaimSpec spec, RosterException e, Backoff backoff, Deadline deadline)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (deadline.isOver()) {
            throw e;
        }
        LOG.debug("{} cannot be claimed yet: {}", spec, e.getMessage());
        pause.pause(backoff.next());
    }

    /** Ends a claim that nobody waits for any more, so that it does not hold up others until the session ends. */
    private void withdraw(ClaimSpec spec, Attempt attempt) {
        boolean interrupted = Thread.interrupted();
        try {
            operations.endClaim(spec.kind(), spec.name(), attempt.claim);
        } catch (RosterException e) {
            // Also when there is no such claim: the request that makes it may still be under way.
            LOG.debug("{} is withdrawn later: {}", spec, e.getMessage());
            attempt.session.abandon(new Abandoned(spec.toString(),
                    later -> later.endClaim(spec.kind(), spec.name(), attempt.claim)));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
