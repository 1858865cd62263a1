package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queues: items leave in the order in which they came. May be used by any thread; waits for the store.
 *
 * <h2>How often an item is delivered</h2>
 * Who takes by a session gets the item until it acknowledges it: when the session ends before, the item is at its place again for the
 * next one. So it is delivered at least once, and none is lost that was acknowledged to who offered it. Who takes without a session gets
 * it at most once: it leaves the queue as it is taken, whether or not the answer arrives.
 */
public final class Queues {

    /** Most items of a queue. */
    public static final int MAX_CAPACITY = 10_000;

    /** Items that a queue may hold when nobody says. */
    public static final int DEFAULT_CAPACITY = 1000;

    /** Longest item: who has more to say keeps it elsewhere and queues a reference. */
    public static final int MAX_ITEM_CHARACTERS = 65_536;

    /** Items that are looked at together to find one that nobody has taken. */
    private static final int PAGE = 64;

    private final Store store;
    private final Sessions sessions;
    private final WaitingRoom room;
    private final InstantSource clock;
    private final Turns turns = new Turns();

    /**
     * Makes it.
     *
     * @param clock tells when items were offered; nothing is decided by it
     */
    public Queues(Store store, Sessions sessions, WaitingRoom room, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.room = room;
        this.clock = clock;
    }

    /**
     * Puts an item at the end of a queue.
     *
     * @param value at most {@value #MAX_ITEM_CHARACTERS} characters
     * @param capacity how many items the queue may hold if it is not there yet, 1 to {@value #MAX_CAPACITY}; null for the default
     * @throws QueueFullException if it holds as many as it may
     */
    public QueuedItem offer(Caller caller, QueueKey queue, String value, @Nullable Integer capacity) {
        caller.require(Role.APPLICATION);
        CoordinationText.check("value", value, MAX_ITEM_CHARACTERS);
        int wanted = capacity == null ? DEFAULT_CAPACITY : capacity;
        if (wanted < 1 || wanted > MAX_CAPACITY) {
            throw new InvalidArgumentException("capacity", wanted, "1 to " + MAX_CAPACITY);
        }
        return turns.take(queue, () -> offerInTurn(caller, queue, value, wanted));
    }

    private QueuedItem offerInTurn(Caller caller, QueueKey queue, String value, int capacity) {
        Key key = CoordinationKeys.definition(queue);
        Instant now = clock.instant();
        Value item = QueuedItem.write(value, caller.name(), now);
        ReadView view = store.view();
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            Optional<KeyValue> stored = view.find(key);
            QueueDefinition next = stored.map(QueueDefinition::read).orElse(new QueueDefinition(capacity, 0)).next();
            if (view.count(CoordinationKeys.items(queue)) < next.capacity()) {
                Key itemKey = CoordinationKeys.item(queue, next.last());
                TxnResult result = Outcome.await(store.commit(Txn.when(
                        List.of(stored.map(present -> Compare.modifiedAt(key, present.modified()))
                                .orElseGet(() -> Compare.absent(key))),
                        new PutKey(key, next.write()).withoutPrevious(),
                        new PutKey(itemKey, item).withoutPrevious())));
                if (result.succeeded()) {
                    return new QueuedItem(queue, next.last(), value, caller.name(), now, null,
                            result.revision().value());
                }
            } else if (attempt > 0) {
                throw new QueueFullException(queue, next.capacity());
            }
            view = Outcome.await(store.linearizableView());
        }
        throw new CoordinationContendedException(queue.toString());
    }

    /**
     * Takes the first item that nobody has taken, and waits for one.
     *
     * @param session by which to take it until it is acknowledged, null to remove it at once
     * @param wait how long to wait, {@link WaitingRoom#MAX_WAIT} at most
     * @return empty if there was none
     * @throws SessionNotFoundException if the session has ended, or is of another user
     */
    public Optional<QueuedItem> take(Caller caller, QueueKey queue, @Nullable SessionId session, Duration wait) {
        caller.require(Role.APPLICATION);
        if (session != null) {
            sessions.own(caller, queue.namespace(), session);
        }
        // What was acknowledged to who offered it has to be found, whatever this member has reached.
        Outcome.await(store.linearizableView());
        return room.await(new FirstItem(queue, session), wait).item();
    }

    /** What was found: an item that is taken now, or none at a revision. */
    private record Found(Optional<QueuedItem> item, long revision) {}

    /** The first item that can be taken. */
    private final class FirstItem implements WaitingRoom.Awaited<Found> {
        private final QueueKey queue;
        private final @Nullable SessionId session;

        FirstItem(QueueKey queue, @Nullable SessionId session) {
            this.queue = queue;
            this.session = session;
        }

        @Override
        public Found look() {
            return turns.take(queue, this::takeInTurn);
        }

        private Found takeInTurn() {
            for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
                ReadView view = store.view();
                Optional<QueuedItem> first = firstFree(view, queue);
                if (first.isEmpty()) {
                    return new Found(Optional.empty(), view.revision().value());
                }
                if (take(first.get(), session)) {
                    return new Found(Optional.of(first.get().takenBy(session)), view.revision().value());
                }
                Outcome.await(store.linearizableView());
            }
            throw new CoordinationContendedException(queue.toString());
        }

        @Override
        public boolean isReached(Found seen) {
            return seen.item().isPresent();
        }

        @Override
        public long revision(Found seen) {
            return seen.revision();
        }

        @Override
        public List<KeyRange> keys(Found seen) {
            return List.of(CoordinationKeys.items(queue), CoordinationKeys.takings(queue));
        }
    }

    private static Optional<QueuedItem> firstFree(ReadView view, QueueKey queue) {
        KeyRange rest = CoordinationKeys.items(queue);
        while (true) {
            List<KeyValue> page = view.read(rest, PAGE).keys();
            for (KeyValue stored : page) {
                long id = CoordinationKeys.item(stored.key());
                if (view.find(CoordinationKeys.taking(queue, id)).isEmpty()) {
                    return Optional.of(QueuedItem.read(queue, stored));
                }
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
            rest = rest.after(page.getLast().key());
        }
    }

    private boolean take(QueuedItem item, @Nullable SessionId session) {
        Key key = CoordinationKeys.item(item.queue(), item.id());
        Key taking = CoordinationKeys.taking(item.queue(), item.id());
        List<Compare> free = List.of(Compare.exists(key), Compare.absent(taking));
        if (session == null) {
            return Outcome.await(store.commit(Txn.when(free, new DeleteKeys(key).withoutPrevious()))).succeeded();
        }
        try {
            return Outcome.await(store.commit(Txn.when(free,
                    new PutKey(taking, Value.EMPTY, session.lease()).withoutPrevious()))).succeeded();
        } catch (LeaseNotFoundException e) {
            throw new SessionNotFoundException(session);
        }
    }

    /**
     * Removes an item that was taken.
     *
     * @param session the session that has taken it
     * @return the store revision of the removal
     * @throws ItemNotTakenException if that session does not have it (any more): it may have been delivered to another one
     */
    public long acknowledge(Caller caller, QueueKey queue, long id, SessionId session) {
        caller.require(Role.APPLICATION);
        return settle(caller, queue, id, session, true);
    }

    /**
     * Gives an item back that was taken, to its place.
     *
     * @return the store revision of that
     * @throws ItemNotTakenException if that session does not have it (any more)
     */
    public long giveBack(Caller caller, QueueKey queue, long id, SessionId session) {
        caller.require(Role.APPLICATION);
        return settle(caller, queue, id, session, false);
    }

    private long settle(Caller caller, QueueKey queue, long id, SessionId session, boolean remove) {
        sessions.own(caller, queue.namespace(), session);
        Key taking = CoordinationKeys.taking(queue, id);
        Compare taken = new Compare(KeyRange.of(taking), Compare.Field.LEASE, Compare.Relation.EQUAL,
                session.lease().value(), null);
        List<Operation> operations = new ArrayList<>(List.of(new DeleteKeys(taking).withoutPrevious()));
        if (remove) {
            operations.add(new DeleteKeys(CoordinationKeys.item(queue, id)).withoutPrevious());
        }
        TxnResult result = Outcome.await(store.commit(new Txn(List.of(taken), operations, List.of())));
        if (!result.succeeded()) {
            throw new ItemNotTakenException(queue, id);
        }
        return result.revision().value();
    }

    /** Tells how full a queue is, as this member's replica shows it. One that nobody has made is empty. */
    public QueueLoad get(Caller caller, QueueKey queue) {
        caller.require(Role.READER);
        ReadView view = store.view();
        int capacity = view.find(CoordinationKeys.definition(queue)).map(QueueDefinition::read)
                .map(QueueDefinition::capacity).orElse(0);
        return new QueueLoad(queue, (int) view.count(CoordinationKeys.items(queue)),
                (int) view.count(CoordinationKeys.takings(queue)), capacity, view.revision().value());
    }

    /**
     * Removes a queue with all its items.
     *
     * @return the store revision of the removal
     */
    public long remove(Caller caller, QueueKey queue) {
        caller.require(Role.EDITOR);
        return Outcome.await(store.commit(Txn.of(new DeleteKeys(CoordinationKeys.all(queue)).withoutPrevious(),
                new DeleteKeys(CoordinationKeys.takings(queue)).withoutPrevious()))).revision().value();
    }
}
