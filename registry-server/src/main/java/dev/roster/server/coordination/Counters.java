package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** Counters of 64 bits that all programs share. May be used by any thread; changes wait for the store. */
public final class Counters {

    /** Most counters of a namespace. Racing requests may exceed it. */
    public static final int MAX_COUNTERS = 10_000;

    private static final int VERSION = 1;

    private final Store store;
    private final Turns turns = new Turns();

    /** Makes it. */
    public Counters(Store store) {
        this.store = store;
    }

    /** Returns a counter as this member's replica shows it. */
    public Counted get(Caller caller, CounterKey counter) {
        caller.require(Role.READER);
        return read(counter, store.view().find(CoordinationKeys.of(counter)));
    }

    /**
     * Adds to a counter.
     *
     * @param delta possibly negative
     * @throws CounterOverflowException if the sum does not fit into 64 bits
     * @throws TooManyCountersException if the namespace has {@value #MAX_COUNTERS} others
     */
    public Counted add(Caller caller, CounterKey counter, long delta) {
        caller.require(Role.APPLICATION);
        return change(counter, value -> {
            try {
                return Math.addExact(value, delta);
            } catch (ArithmeticException e) {
                throw new CounterOverflowException(counter, value);
            }
        });
    }

    /** Sets a counter, whatever it says. */
    public Counted set(Caller caller, CounterKey counter, long value) {
        caller.require(Role.APPLICATION);
        return change(counter, _ -> value);
    }

    /**
     * Sets a counter if it says what is expected.
     *
     * @throws CounterMismatchException if it says something else
     */
    public Counted compareAndSet(Caller caller, CounterKey counter, long expected, long value) {
        caller.require(Role.APPLICATION);
        return change(counter, present -> {
            if (present != expected) {
                throw new CounterMismatchException(counter, present);
            }
            return value;
        });
    }

    /**
     * Removes a counter: it is 0 again.
     *
     * @return the store revision of the removal
     */
    public long remove(Caller caller, CounterKey counter) {
        caller.require(Role.EDITOR);
        return Outcome.await(store.commit(Txn.of(new DeleteKeys(CoordinationKeys.of(counter)).withoutPrevious())))
                .revision().value();
    }

    private Counted change(CounterKey counter, LongUnaryOperator change) {
        return turns.take(counter, () -> changeInTurn(counter, change));
    }

    private Counted changeInTurn(CounterKey counter, LongUnaryOperator change) {
        Key key = CoordinationKeys.of(counter);
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            // What is refused by a value has to be refused by the present one.
            ReadView view = Outcome.await(store.linearizableView());
            Optional<KeyValue> stored = view.find(key);
            long value = change.applyAsLong(read(counter, stored).value());
            checkRoom(counter.namespace(), view, stored.isPresent());
            TxnResult result = Outcome.await(store.commit(Txn.when(
                    List.of(stored.map(present -> Compare.modifiedAt(key, present.modified()))
                            .orElseGet(() -> Compare.absent(key))),
                    new PutKey(key, new ValueWriter(VERSION).number(value).toValue()).withoutPrevious())));
            if (result.succeeded()) {
                return new Counted(counter, value, result.revision().value());
            }
        }
        throw new CoordinationContendedException(counter.toString());
    }

    private static void checkRoom(NamespaceName namespace, ReadView view, boolean exists) {
        if (!exists && view.count(CoordinationKeys.counters(namespace)) >= MAX_COUNTERS) {
            throw new TooManyCountersException(namespace);
        }
    }

    private static Counted read(CounterKey counter, Optional<KeyValue> stored) {
        if (stored.isEmpty()) {
            return new Counted(counter, 0, 0);
        }
        ValueReader reader = new ValueReader(stored.get().value(), VERSION);
        long value = reader.number("value");
        reader.end();
        return new Counted(counter, value, stored.get().modified().value());
    }
}
