package dev.roster.server.registry;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Store;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Value;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes what is known of instances that are registered; how long they live stays as it is. */
final class InstanceUpdates {
    private final Store store;

    InstanceUpdates(Store store) {
        this.store = store;
    }

    /**
     * What came of it.
     *
     * @param before the instance before
     * @param after the instance now; the same when there was nothing to change
     */
    record Update(RegisteredInstance before, RegisteredInstance after) {}

    /**
     * Changes an instance. The change is made anew from what is there when another change came first.
     *
     * @param change may throw; returning what it was given changes nothing and writes nothing
     * @throws InstanceNotFoundException if it is not registered (any more)
     * @throws RegistrationContendedException if it was changed by others on every attempt
     */
    Update update(InstanceKey instance, UnaryOperator<RegisteredInstance> change) {
        Key key = RegistryKeys.of(instance);
        @Nullable
        KeyValue seen = store.view().find(key).orElse(null);
        if (seen == null) {
            seen = Outcome.await(store.linearizableView()).find(key).orElse(null);
        }
        for (int attempt = 0; attempt < GuardedWrite.MAX_ATTEMPTS; attempt++) {
            if (seen == null) {
                throw new InstanceNotFoundException(instance);
            }
            RegisteredInstance before = InstanceRecord.read(seen);
            RegisteredInstance after = change.apply(before);
            if (after.equals(before)) {
                return new Update(before, before);
            }
            Value value = InstanceRecord.write(after);
            TxnResult result = Outcome
                    .await(store.commit(GuardedWrite.ifUnchanged(key, seen, UpdateKey.keepingLease(key, value))));
            if (result.succeeded()) {
                return new Update(before, after.at(result.revision().value()));
            }
            seen = GuardedWrite.present(result);
        }
        throw new RegistrationContendedException(instance);
    }
}
