package dev.roster.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The leases with the keys attached to each. One thread changes it; any may look a lease up. */
final class LeaseTable {
    private final ConcurrentMap<LeaseId, Holding> holdings = new ConcurrentHashMap<>();

    void add(Lease lease) {
        holdings.put(lease.id(), new Holding(lease));
    }

    void remove(LeaseId id) {
        holdings.remove(id);
    }

    @Nullable
    Holding find(LeaseId id) {
        return holdings.get(id);
    }

    int count() {
        return holdings.size();
    }

    /** Returns all leases, in no order. */
    List<Lease> all() {
        List<Lease> all = new ArrayList<>(holdings.size());
        holdings.values().forEach(holding -> all.add(holding.lease));
        return all;
    }

    /** A lease and its keys. One thread changes the keys; any may look at them. */
    static final class Holding {
        final Lease lease;

        /** Most leases hold one key or none: a set for one takes an eighth of the memory of a growing one. */
        private volatile Set<Key> keys = Set.of();

        private Holding(Lease lease) {
            this.lease = lease;
        }

        void attach(Key key) {
            Set<Key> now = keys;
            if (now instanceof ConcurrentHashMap.KeySetView) {
                now.add(key);
            } else if (now.isEmpty()) {
                keys = Set.of(key);
            } else if (!now.contains(key)) {
                Set<Key> many = ConcurrentHashMap.newKeySet();
                many.addAll(now);
                many.add(key);
                keys = many;
            }
        }

        void detach(Key key) {
            if (keys instanceof ConcurrentHashMap.KeySetView) {
                keys.remove(key);
            } else if (keys.contains(key)) {
                keys = Set.of();
            }
        }

        /** Returns the keys in their order, which does not depend on how the set is built. */
        List<Key> keys() {
            return keys.stream().sorted().toList();
        }
    }
}
