package dev.roster.server.config.changeset;

import dev.roster.server.security.AuditContext;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Compare;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A change of one change set, decided from what is there.
 *
 * @param next the change set as it is to be
 * @param compares what must hold beside the change set being as it was
 * @param further what to do beside writing it
 */
record ChangeSetUpdate(ChangeSet next, List<Compare> compares, List<Operation> further) {

    /** Attempts of one request; only one whose namespace gets other rules again and again needs more than two. */
    private static final int MAX_ATTEMPTS = 16;

    /** Decides what is to become of a change set. */
    @FunctionalInterface
    interface Decision {
        ChangeSetUpdate decide(ReadView view, ChangeSet set);
    }

    static ChangeSetUpdate of(ChangeSet next, Operation... further) {
        return new ChangeSetUpdate(next, List.of(), List.of(further));
    }

    /**
     * Makes a change by one transaction.
     *
     * @param expectedNumber the number that the caller has seen
     * @throws ChangeSetNotFoundException if there is no such change set
     * @throws ChangeSetMismatchException if it has another number, also when it gets one meanwhile
     */
    static ChangeSet commit(Store store, ChangeSetKey key, long expectedNumber, Decision decision) {
        long number = expectedNumber;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            ChangeSet set = read(view, key);
            number = set.number();
            if (number != expectedNumber) {
                throw new ChangeSetMismatchException(key, number);
            }
            ChangeSetUpdate update = decision.decide(view, set);
            AuditContext.note("change set " + key, describe(set), describe(update.next));
            List<Compare> compares = new ArrayList<>(update.compares);
            compares.add(unchanged(view, key));
            List<Operation> operations = new ArrayList<>(update.further);
            operations.add(new PutKey(ChangeSetKeys.set(key), ChangeSetRecord.write(update.next)));
            // Whatever makes this fail is seen by the next attempt: another number, or other rules of the namespace.
            if (Outcome.await(store.commit(new Txn(compares, operations, List.of()))).succeeded()) {
                return update.next;
            }
        }
        throw new ChangeSetMismatchException(key, number);
    }

    private static String describe(ChangeSet set) {
        return "number " + set.number() + ", " + set.status().name().toLowerCase(Locale.ROOT) + ", "
                + set.drafts().size() + " drafts";
    }

    /**
     * Reads a change set.
     *
     * @throws ChangeSetNotFoundException if there is none
     */
    static ChangeSet read(ReadView view, ChangeSetKey key) {
        return ChangeSetRecord.read(find(view, key));
    }

    /** Returns what holds as long as a change set is as a view shows it. */
    static Compare unchanged(ReadView view, ChangeSetKey key) {
        return Compare.modifiedAt(ChangeSetKeys.set(key), find(view, key).modified());
    }

    /** Returns the highest id of a namespace, 0 if there is none. */
    static long lastId(ReadView view, NamespaceName namespace) {
        return view.find(ChangeSetKeys.last(namespace)).map(ChangeSetRecord::readNumber).orElse(0L);
    }

    private static KeyValue find(ReadView view, ChangeSetKey key) {
        return view.find(ChangeSetKeys.set(key)).orElseThrow(() -> new ChangeSetNotFoundException(key));
    }
}
