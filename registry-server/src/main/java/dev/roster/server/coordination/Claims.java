package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.UpdateKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Locks, elections and permits of semaphores: who holds them, and who waits for them in which order. May be used by any thread;
 * waits for the store.
 *
 * <h2>What is promised</h2>
 * <ul>
 * <li>At every revision of the store, no more is held than there is.
 * <li>Claims are granted in the order of the revisions that made them.
 * <li>The fencing token of a claim is greater than those of all claims that held before it.
 * <li>A claim ends with its session, at the same revision as everything else that the session holds.
 * <li>A request that is sent again, with the same name of the claim, is the same claim.
 * </ul>
 * What cannot be promised is that who was told that it holds still does when it acts upon that: therefore the token.
 */
public final class Claims {

    /** Most claims of one name, so that all of them can be shown. Racing requests may exceed it. */
    public static final int MAX_CLAIMS = 1000;

    private final Store store;
    private final ClaimPlacing placing;
    private final WaitingRoom room;
    private final MeterRegistry meters;

    /**
     * Makes it.
     *
     * @param clock tells since when a claim stands; nothing is decided by it
     * @param meters told of claims
     */
    public Claims(Store store, Sessions sessions, WaitingRoom room, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.placing = new ClaimPlacing(store, sessions, clock);
        this.room = room;
        this.meters = meters;
    }

    /**
     * Claims something, and waits until it is held. A claim that stands already is waited for, whatever the terms say now.
     *
     * @param wait how long to wait, {@link WaitingRoom#MAX_WAIT} at most; the claim stays in the queue when the time is over
     * @throws SessionNotFoundException if the session has ended, also while it waits, or is of another user
     * @throws ClaimTakenException if another session has a claim of that name
     * @throws ClaimNotFoundException if the claim was taken away while it waited
     * @throws AlreadyHeldException if it is held by others, and the terms say not to wait
     * @throws SemaphoreNotFoundException if nobody has said how many permits there are
     * @throws LimitMismatchException if there are fewer permits than wanted, or not as many as the terms say
     * @throws TooManyClaimsException if it has {@value #MAX_CLAIMS} claims
     * @throws TooManyWaitingException if too many requests wait; the claim stands in the queue
     */
    public ClaimStatus claim(Caller caller, ClaimTarget target, ClaimId id, ClaimTerms terms, Duration wait) {
        caller.require(Role.APPLICATION);
        placing.place(caller, target, id, terms);
        ClaimStatus status = room.await(new Turn(store, target, id, terms.session()), wait);
        Counter.builder("roster.coordination.claims").tag("kind", target.kind().label())
                .tag("outcome", status.isHeld() ? "held" : "waiting").description("Requests for locks and the like")
                .register(meters).increment();
        return status;
    }

    /** The turn of a claim. */
    private record Turn(Store store, ClaimTarget target, ClaimId id,
            SessionId session) implements WaitingRoom.Awaited<ClaimStatus> {
        @Override
        public ClaimStatus look() {
            ReadView view = store.view();
            ClaimLine line = ClaimLine.read(view, target);
            return new ClaimStatus(line, line.find(id).orElseThrow(() -> gone(view)));
        }

        private CoordinationException gone(ReadView view) {
            return Sessions.find(view, target.namespace(), session).isPresent()
                    ? new ClaimNotFoundException(target, id)
                    : new SessionNotFoundException(session);
        }

        @Override
        public boolean isReached(ClaimStatus seen) {
            return seen.isHeld();
        }

        @Override
        public long revision(ClaimStatus seen) {
            return seen.line().revision();
        }

        /** Of a lock the one claim before, so that each release wakes one; of a semaphore all of them and the limit. */
        @Override
        public List<KeyRange> keys(ClaimStatus seen) {
            if (!target.kind().isExclusive()) {
                return List.of(CoordinationKeys.all(target));
            }
            ClaimId before = seen.line().claims().get(seen.line().indexOf(id) - 1).id();
            return List.of(KeyRange.of(CoordinationKeys.of(target, id)),
                    KeyRange.of(CoordinationKeys.of(target, before)));
        }
    }

    /**
     * Ends a claim, whether it holds or waits.
     *
     * @return the claim, and the store revision that ended it
     * @throws ClaimNotFoundException if it does not stand (any more)
     * @throws dev.roster.server.security.ForbiddenException if it is of another user, and the caller is no editor
     */
    public EndedClaim end(Caller caller, ClaimTarget target, ClaimId id) {
        caller.require(Role.APPLICATION);
        return change(caller, target, id,
                (_, _) -> new DeleteKeys(CoordinationKeys.of(target, id)).withoutPrevious());
    }

    /**
     * A claim that was ended or changed.
     *
     * @param claim as it was before
     * @param revision the store revision of the change
     * @param wasOfCaller whether it was of the caller itself
     */
    public record EndedClaim(StandingClaim claim, long revision, boolean wasOfCaller) {}

    /**
     * Replaces what others are shown of a claim that holds.
     *
     * @throws ClaimNotFoundException if it does not stand (any more)
     * @throws NotHeldException if it waits
     * @throws dev.roster.server.security.ForbiddenException if it is of another user, and the caller is no editor
     */
    public ClaimStatus proclaim(Caller caller, ClaimTarget target, ClaimId id, String value) {
        caller.require(Role.APPLICATION);
        CoordinationText.check("value", value, CoordinationText.MAX_VALUE_CHARACTERS);
        // So that a claim that was granted elsewhere a moment ago is known to hold.
        Outcome.await(store.linearizableView());
        change(caller, target, id, (view, claim) -> proclaimed(view, target, claim, value));
        ClaimLine line = ClaimLine.read(store.view(), target);
        return new ClaimStatus(line, line.find(id).orElseThrow(() -> new ClaimNotFoundException(target, id)));
    }

    private EndedClaim change(Caller caller, ClaimTarget target, ClaimId id,
            BiFunction<ReadView, StandingClaim, Operation> operation) {
        Key key = CoordinationKeys.of(target, id);
        ReadView view = store.view();
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            @Nullable
            KeyValue stored = view.find(key).orElse(null);
            if (stored != null) {
                StandingClaim claim = StandingClaim.read(stored);
                boolean own = claim.owner().equals(caller.name());
                if (!own) {
                    caller.require(Role.EDITOR);
                }
                TxnResult result = Outcome.await(store.commit(Txn.when(
                        List.of(Compare.modifiedAt(key, stored.modified())), operation.apply(view, claim))));
                if (result.succeeded()) {
                    return new EndedClaim(claim, result.revision().value(), own);
                }
            } else if (attempt > 0) {
                throw new ClaimNotFoundException(target, id);
            }
            view = Outcome.await(store.linearizableView());
        }
        throw new CoordinationContendedException(target.toString());
    }

    private static Operation proclaimed(ReadView view, ClaimTarget target, StandingClaim claim, String value) {
        if (!ClaimLine.read(view, target).isHeld(claim.id())) {
            throw new NotHeldException(target, claim.id());
        }
        return UpdateKey.keepingLease(CoordinationKeys.of(target, claim.id()), claim.writeWith(value))
                .withoutPrevious();
    }

    /** Returns who holds something and who waits for it, as this member's replica shows it. */
    public ClaimLine get(Caller caller, ClaimTarget target) {
        caller.require(Role.READER);
        return ClaimLine.read(store.view(), target);
    }

    /**
     * Waits until the claims of something are others than those that were seen, or the time is over.
     *
     * @param seen tells whether a line is the one that the caller has seen
     */
    public ClaimLine awaitChange(Caller caller, ClaimTarget target, Predicate<ClaimLine> seen,
            Duration wait) {
        caller.require(Role.READER);
        return room.await(new Difference(store, target, seen), wait);
    }

    /** That the claims of something are others. */
    private record Difference(Store store, ClaimTarget target,
            Predicate<ClaimLine> seenBefore) implements WaitingRoom.Awaited<ClaimLine> {
        @Override
        public ClaimLine look() {
            return ClaimLine.read(store.view(), target);
        }

        @Override
        public boolean isReached(ClaimLine seen) {
            return !seenBefore.test(seen);
        }

        @Override
        public long revision(ClaimLine seen) {
            return seen.revision();
        }

        @Override
        public List<KeyRange> keys(ClaimLine seen) {
            return List.of(CoordinationKeys.all(target));
        }
    }
}
