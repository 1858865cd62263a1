package dev.roster.server.registry;

import dev.roster.server.registry.OperatorActions.Change;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out what operators decide about instances, in transactions over some of them. */
final class InstanceChanges {

    /** Most instances of a transaction. */
    static final int MAX_TOGETHER = 250;

    /** Most bytes of records in a transaction: half of the largest command. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final Store store;
    private final InstantSource clock;

    InstanceChanges(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Tells what an action does to instances; those that it leaves as they are are left out. */
    List<Change> plan(List<RegisteredInstance> instances, InstanceAction action) {
        Instant now = clock.instant();
        return instances.stream().map(instance -> plan(instance, action, now)).filter(Objects::nonNull).toList();
    }

    /**
     * Does something to instances.
     *
     * @param revision what they were seen at
     * @param filter what must hold of an instance that has changed meanwhile
     * @param guards what must hold besides, else nothing (more) is done
     * @throws RegistrationContendedException if an instance was changed by others on every attempt, or a guard does not hold
     */
    Changes apply(long revision, List<RegisteredInstance> instances, InstanceFilter filter, InstanceAction action,
            Compare... guards) {
        List<Change> done = new ArrayList<>();
        long last = revision;
        for (int from = 0; from < instances.size();) {
            List<RegisteredInstance> part = part(instances, from);
            from += part.size();
            last = applyPart(part, filter, action, guards, done, last);
        }
        return new Changes(last, done);
    }

    private long applyPart(List<RegisteredInstance> part, InstanceFilter filter, InstanceAction action,
            Compare[] guards, List<Change> done, long before) {
        List<RegisteredInstance> present = part;
        for (int attempt = 0; attempt < GuardedWrite.MAX_ATTEMPTS; attempt++) {
            List<Change> planned = plan(present, action);
            if (planned.isEmpty()) {
                return before;
            }
            TxnResult result = Outcome.await(store.commit(transaction(planned, guards)));
            if (result.succeeded()) {
                long revision = result.revision().value();
                planned.forEach(change -> done.add(at(change, revision)));
                return revision;
            }
            RegistryView view = new RegistryView(Outcome.await(store.linearizableView()));
            present = part.stream().map(instance -> view.findInstance(instance.key())).flatMap(Optional::stream)
                    .filter(filter::matches).toList();
        }
        throw new RegistrationContendedException(part.getFirst().key());
    }

    private static @Nullable Change plan(RegisteredInstance instance, InstanceAction action, Instant now) {
        Optional<Interventions> after = action.applyTo(instance.interventions());
        if (after.isEmpty()) {
            return new Change(instance, null);
        }
        return after.get().equals(instance.interventions())
                ? null
                : new Change(instance, instance.with(after.get(), now));
    }

    private static Change at(Change change, long revision) {
        RegisteredInstance after = change.after();
        return after == null ? change : new Change(change.before(), after.at(revision));
    }

    /** The lease of an instance that is removed is left to lapse: nobody renews it. */
    private static Txn transaction(List<Change> planned, Compare... guards) {
        List<Compare> compares = new ArrayList<>(List.of(guards));
        List<Operation> operations = new ArrayList<>();
        for (Change change : planned) {
            Key key = RegistryKeys.of(change.before().key());
            RegisteredInstance after = change.after();
            compares.add(Compare.modifiedAt(key, new Revision(change.before().revision())));
            operations.add(after == null
                    ? new DeleteKeys(key).withoutPrevious()
                    : UpdateKey.keepingLease(key, InstanceRecord.write(after)).withoutPrevious());
        }
        return new Txn(compares, operations, List.of());
    }

    private static List<RegisteredInstance> part(List<RegisteredInstance> instances, int from) {
        int to = from;
        long bytes = 0;
        while (to < instances.size() && to - from < MAX_TOGETHER && bytes < MAX_BYTES) {
            Value value = InstanceRecord.write(instances.get(to));
            bytes += value.size();
            to++;
        }
        return instances.subList(from, to);
    }
}
