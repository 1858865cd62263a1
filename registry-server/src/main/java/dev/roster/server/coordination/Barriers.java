package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Barriers: as many parties as were agreed on wait for each other, and all go on or none does. May be used by any thread; waits for the
 * store.
 *
 * <h2>What is promised</h2>
 * <ul>
 * <li>A barrier opens at a revision at which all parties stood at it, each by a session that lived. It stays open until it is removed:
 * whoever comes later passes.
 * <li>When one of those who stand at it goes before that, because its session ends, it gives up waiting or somebody takes it away, the
 * barrier is broken at that revision, for all who wait and all who come until it is removed. So nobody waits for one who is dead.
 * <li>A barrier is removed when nobody stands at it any more. So nobody who waited is told of another barrier with the same name.
 * <li>A request that is sent again, with the same name of the arrival, is the same arrival.
 * </ul>
 * A barrier serves once; for another round it is removed, or another name is taken.
 */
public final class Barriers {

    /** Most parties: the one that comes last compares all others in one transaction. */
    public static final int MAX_PARTIES = 1000;

    /** Most barriers of a namespace. Racing requests may exceed it. */
    public static final int MAX_BARRIERS = 10_000;

    private final Store store;
    private final Sessions sessions;
    private final WaitingRoom room;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Turns turns = new Turns();

    /**
     * Makes it.
     *
     * @param clock tells since when an arrival stands; nothing is decided by it
     * @param meters told of arrivals
     */
    public Barriers(Store store, Sessions sessions, WaitingRoom room, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.sessions = sessions;
        this.room = room;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Arrives at a barrier, making it if it is not there, and waits until it opens. Who comes when it is open passes.
     *
     * @param parties how many have to arrive, 1 to {@value #MAX_PARTIES}
     * @param wait how long to wait, {@link WaitingRoom#MAX_WAIT} at most; the arrival stands on when the time is over
     * @throws BarrierBrokenException if one has gone before all had arrived
     * @throws PartiesMismatchException if it is there for another number of parties
     * @throws ArrivalTakenException if another session has arrived by that name
     * @throws SessionNotFoundException if the session has ended, also while it waits, or is of another user
     * @throws TooManyBarriersException if the namespace has {@value #MAX_BARRIERS} others
     * @throws TooManyWaitingException if too many requests wait; the arrival stands
     */
    public BarrierStatus arrive(Caller caller, BarrierKey barrier, ArrivalId id, SessionId session, int parties,
            Duration wait) {
        caller.require(Role.APPLICATION);
        if (parties < 1 || parties > MAX_PARTIES) {
            throw new InvalidArgumentException("parties", parties, "1 to " + MAX_PARTIES);
        }
        OpenSession own = sessions.own(caller, barrier.namespace(), session);
        try {
            Arrived arrived = turns.take(barrier, () -> arriveInTurn(barrier, id, own, parties));
            BarrierStatus status = arrived.passed().isPresent()
                    ? arrived.passed().get()
                    : room.await(new Opening(store, barrier, arrived.created(), id, session), wait);
            count(status.phase());
            return status;
        } catch (BarrierBrokenException e) {
            count(BarrierPhase.BROKEN);
            throw e;
        }
    }

    private void count(BarrierPhase phase) {
        Counter.builder("roster.coordination.arrivals").tag("outcome", phase.label())
                .description("Requests of those who arrive at barriers").register(meters).increment();
    }

    /**
     * What came of an arrival.
     *
     * @param created store revision that made the barrier at which it stands
     * @param passed the barrier if it was open
     */
    private record Arrived(long created, Optional<BarrierStatus> passed) {}

    private Arrived arriveInTurn(BarrierKey barrier, ArrivalId id, OpenSession session, int parties) {
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            // Whether it is open or broken has to be told by the barrier that is there now.
            ReadView view = Outcome.await(store.linearizableView());
            if (attempt > 0 && Sessions.find(view, barrier.namespace(), session.id()).isEmpty()) {
                throw new SessionNotFoundException(session.id());
            }
            Optional<BarrierStatus> present = BarrierStatus.read(view, barrier);
            if (present.isEmpty()) {
                checkRoom(barrier.namespace(), view);
            } else {
                BarrierStatus status = present.get();
                check(status, parties);
                if (status.phase() == BarrierPhase.OPEN) {
                    return new Arrived(status.created(), present);
                }
                if (stands(view, barrier, id, session.id())) {
                    return new Arrived(status.created(), Optional.empty());
                }
            }
            TxnResult result = commit(view, barrier, id, session, parties);
            if (result.succeeded()) {
                return new Arrived(present.map(BarrierStatus::created).orElse(result.revision().value()),
                        Optional.empty());
            }
        }
        throw new CoordinationContendedException(barrier.toString());
    }

    private static void checkRoom(NamespaceName namespace, ReadView view) {
        if (view.count(CoordinationKeys.barriers(namespace)) >= MAX_BARRIERS) {
            throw new TooManyBarriersException(namespace);
        }
    }

    private static void check(BarrierStatus status, int parties) {
        if (status.parties() != parties) {
            throw new PartiesMismatchException(status.barrier(), status.parties());
        }
        if (status.phase() == BarrierPhase.BROKEN) {
            throw new BarrierBrokenException(status.barrier());
        }
    }

    private static boolean stands(ReadView view, BarrierKey barrier, ArrivalId id, SessionId session) {
        Optional<BarrierArrival> arrival = view.find(CoordinationKeys.of(barrier, id)).map(BarrierArrival::read);
        if (arrival.isPresent() && !arrival.get().session().equals(session)) {
            throw new ArrivalTakenException(barrier, id);
        }
        return arrival.isPresent();
    }

    private TxnResult commit(ReadView view, BarrierKey barrier, ArrivalId id, OpenSession session, int parties) {
        Key key = CoordinationKeys.of(barrier);
        Key arrival = CoordinationKeys.of(barrier, id);
        Optional<KeyValue> stored = view.find(key);
        BarrierDefinition next = stored.map(BarrierDefinition::read).orElse(new BarrierDefinition(parties, 0, false))
                .next();
        List<Compare> compares = new ArrayList<>(List.of(
                stored.map(present -> Compare.modifiedAt(key, present.modified())).orElseGet(() -> Compare.absent(key)),
                Compare.absent(arrival), Compare.exists(CoordinationKeys.of(barrier.namespace(), session.id()))));
        if (next.open()) {
            // It opens only while all others stand: a session may end at any time, which changes nothing but its arrival.
            view.read(CoordinationKeys.arrivals(barrier), MAX_PARTIES).keys()
                    .forEach(other -> compares.add(Compare.exists(other.key())));
        }
        try {
            return Outcome.await(store.commit(Txn.when(compares, new PutKey(key, next.write()).withoutPrevious(),
                    new PutKey(arrival, BarrierArrival.write(session, clock.instant()), session.id().lease())
                            .withoutPrevious())));
        } catch (LeaseNotFoundException e) {
            throw new SessionNotFoundException(session.id());
        }
    }

    /** That the barrier opens at which an arrival stands. */
    private record Opening(Store store, BarrierKey barrier, long created, ArrivalId id,
            SessionId session) implements WaitingRoom.Awaited<BarrierStatus> {
        @Override
        public BarrierStatus look() {
            ReadView view = store.view();
            BarrierStatus status = BarrierStatus.read(view, barrier).filter(present -> present.created() == created)
                    .orElseThrow(() -> broken(view));
            if (status.phase() == BarrierPhase.BROKEN) {
                throw broken(view);
            }
            return status;
        }

        private CoordinationException broken(ReadView view) {
            return Sessions.find(view, barrier.namespace(), session).isPresent()
                    ? new BarrierBrokenException(barrier)
                    : new SessionNotFoundException(session);
        }

        @Override
        public boolean isReached(BarrierStatus seen) {
            return seen.phase() == BarrierPhase.OPEN;
        }

        @Override
        public long revision(BarrierStatus seen) {
            return seen.revision();
        }

        @Override
        public List<KeyRange> keys(BarrierStatus seen) {
            return List.of(KeyRange.of(CoordinationKeys.of(barrier)), CoordinationKeys.arrivals(barrier));
        }

        /** One more who arrives wakes nobody, unless it is the last. */
        @Override
        public boolean matters(KeyEvent event) {
            KeyValue current = event.current();
            return current == null || (event.key().equals(CoordinationKeys.of(barrier))
                    && BarrierDefinition.read(current).open());
        }
    }

    /**
     * Leaves a barrier. One that is open stays so; one that is not is broken by that.
     *
     * @throws ArrivalNotFoundException if the arrival does not stand (any more)
     * @throws dev.roster.server.security.ForbiddenException if it is of another user, and the caller is no editor
     */
    public EndedArrival leave(Caller caller, BarrierKey barrier, ArrivalId id) {
        caller.require(Role.APPLICATION);
        return turns.take(barrier, () -> leaveInTurn(caller, barrier, id));
    }

    /**
     * An arrival that was ended.
     *
     * @param arrival as it was before
     * @param status the barrier as it was left
     * @param wasOfCaller whether the arrival was of the caller itself
     */
    public record EndedArrival(BarrierArrival arrival, BarrierStatus status, boolean wasOfCaller) {}

    private EndedArrival leaveInTurn(Caller caller, BarrierKey barrier, ArrivalId id) {
        Key key = CoordinationKeys.of(barrier);
        Key arrivalKey = CoordinationKeys.of(barrier, id);
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            KeyValue stored = view.find(arrivalKey).orElseThrow(() -> new ArrivalNotFoundException(barrier, id));
            KeyValue definition = view.find(key).orElseThrow(() -> new ArrivalNotFoundException(barrier, id));
            BarrierArrival arrival = BarrierArrival.read(stored);
            boolean own = arrival.owner().equals(caller.name());
            if (!own) {
                caller.require(Role.EDITOR);
            }
            // By the barrier as it is compared, it is known whether it opened before.
            TxnResult result = Outcome.await(store.commit(Txn.when(
                    List.of(Compare.modifiedAt(key, definition.modified()),
                            Compare.modifiedAt(arrivalKey, stored.modified())),
                    new DeleteKeys(arrivalKey).withoutPrevious())));
            if (result.succeeded()) {
                return new EndedArrival(arrival, left(barrier, definition, view, result.revision().value()), own);
            }
        }
        throw new CoordinationContendedException(barrier.toString());
    }

    private static BarrierStatus left(BarrierKey barrier, KeyValue stored, ReadView view, long revision) {
        BarrierDefinition definition = BarrierDefinition.read(stored);
        int standing = (int) view.count(CoordinationKeys.arrivals(barrier)) - 1;
        return new BarrierStatus(barrier, definition.open() ? BarrierPhase.OPEN : BarrierPhase.BROKEN,
                definition.parties(), standing, stored.created().value(), revision);
    }

    /**
     * Returns a barrier as this member's replica shows it.
     *
     * @throws BarrierNotFoundException if it is not there
     */
    public BarrierView get(Caller caller, BarrierKey barrier) {
        caller.require(Role.READER);
        ReadView view = store.view();
        BarrierStatus status = BarrierStatus.read(view, barrier)
                .orElseThrow(() -> new BarrierNotFoundException(barrier));
        return new BarrierView(status, view.read(CoordinationKeys.arrivals(barrier), MAX_PARTIES).keys().stream()
                .map(BarrierArrival::read).sorted(Comparator.comparingLong(BarrierArrival::revision)).toList());
    }

    /**
     * Lists barriers by name, as this member's replica shows them.
     *
     * @param prefix what names must begin with, possibly empty
     * @param limit most barriers wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public BarrierPage list(Caller caller, NamespaceName namespace, String prefix, int limit,
            BarrierPage.@Nullable Position from) {
        caller.require(Role.READER);
        ReadView view = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        KeyRange rest = CoordinationKeys.barriers(namespace, NamePrefix.check(prefix));
        if (from != null) {
            rest = rest.after(CoordinationKeys.of(new BarrierKey(namespace, from.after())));
        }
        Key end = rest.to();
        List<KeyValue> found = end != null && rest.from().compareTo(end) >= 0
                ? List.of()
                : view.read(rest, limit + 1).keys();
        return new BarrierPage(view.revision().value(),
                found.stream().limit(limit).map(
                        stored -> BarrierStatus.read(view, CoordinationKeys.barrier(namespace, stored.key()), stored))
                        .toList(),
                found.size() > limit);
    }

    /**
     * Removes a barrier at which nobody stands.
     *
     * @return the store revision of the removal
     * @throws BarrierNotFoundException if it is not there
     * @throws BarrierInUseException if somebody stands at it
     */
    public long remove(Caller caller, BarrierKey barrier) {
        caller.require(Role.APPLICATION);
        Key key = CoordinationKeys.of(barrier);
        KeyRange arrivals = CoordinationKeys.arrivals(barrier);
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            KeyValue stored = view.find(key).orElseThrow(() -> new BarrierNotFoundException(barrier));
            long standing = view.count(arrivals);
            if (standing > 0) {
                throw new BarrierInUseException(barrier, (int) standing);
            }
            TxnResult result = Outcome.await(store.commit(Txn.when(
                    List.of(Compare.modifiedAt(key, stored.modified()),
                            new Compare(arrivals, Compare.Field.VERSION, Compare.Relation.EQUAL, 0, null)),
                    new DeleteKeys(key).withoutPrevious())));
            if (result.succeeded()) {
                return result.revision().value();
            }
        }
        throw new CoordinationContendedException(barrier.toString());
    }
}
