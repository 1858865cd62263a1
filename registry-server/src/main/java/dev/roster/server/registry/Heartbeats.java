package dev.roster.server.registry;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives instances their full time to live again, by the leases that their keys are attached to. Writes nothing. */
final class Heartbeats {
    private final Store store;

    Heartbeats(Store store) {
        this.store = store;
    }

    /**
     * Renews instances; those without a lease need nothing.
     *
     * @return those that are not registered (any more), in the order given
     * @throws RegistrationContendedException if an instance was changed by others on every attempt
     */
    List<InstanceKey> renew(Collection<InstanceKey> instances) {
        Set<InstanceKey> missing = new HashSet<>();
        Set<InstanceKey> left = new LinkedHashSet<>(instances);
        Map<InstanceKey, LeaseId> tried = new LinkedHashMap<>();
        ReadView view = store.view();
        for (int attempt = 0; attempt < GuardedWrite.MAX_ATTEMPTS; attempt++) {
            Map<InstanceKey, LeaseId> leases = new LinkedHashMap<>();
            for (InstanceKey instance : left) {
                @Nullable
                KeyValue present = view.find(RegistryKeys.of(instance)).orElse(null);
                if (present != null && !present.lease().equals(tried.get(instance))) {
                    leases.put(instance, present.lease());
                } else if (attempt > 0) {
                    missing.add(instance);
                }
            }
            keepAlive(leases).forEach(left::remove);
            left.removeAll(missing);
            if (left.isEmpty()) {
                return instances.stream().filter(missing::contains).toList();
            }
            // This replica may be behind: an instance may be new, or have moved to another lease.
            tried.putAll(leases);
            view = Outcome.await(store.linearizableView());
        }
        throw new RegistrationContendedException(left.iterator().next());
    }

    /** Returns the instances whose lease lives on. */
    private List<InstanceKey> keepAlive(Map<InstanceKey, LeaseId> leases) {
        List<LeaseId> all = leases.values().stream().filter(lease -> !lease.isNone()).toList();
        Set<LeaseId> gone = all.isEmpty() ? Set.of() : Outcome.await(store.keepAlive(all));
        List<InstanceKey> alive = new ArrayList<>();
        leases.forEach((instance, lease) -> {
            if (!gone.contains(lease)) {
                alive.add(instance);
            }
        });
        return alive;
    }
}
