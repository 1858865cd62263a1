package dev.roster.server.registry.check;

import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseStatus;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** The members that judge checks, as all of them see it. For one thread. */
final class Runners {

    /**
     * How long a member that is silent is still counted on. With the second of a tick its instances are judged elsewhere within
     * some five seconds; if it was the leader, whose successor gives every lease a full period, within some eight.
     */
    static final Duration TTL = Duration.ofSeconds(4);

    private static final String ROOT = "registry-runners/";

    private final Store store;
    private final String self;
    private final RandomGenerator random;
    private LeaseId lease = LeaseId.NONE;

    Runners(Store store, String self, RandomGenerator random) {
        this.store = store;
        this.self = self;
        this.random = random;
    }

    /** Says that this member judges. To be called several times within {@link #TTL}. */
    void announce() {
        Key key = Key.of(ROOT + self);
        boolean shown = store.view().find(key).filter(stored -> stored.lease().equals(lease)).isPresent();
        if (shown && Outcome.await(store.keepAlive(Set.of(lease))).isEmpty()) {
            return;
        }
        LeaseId next = new LeaseId(random.nextLong() | 1);
        var granted = store.grant(new GrantLease(next, TTL));
        var put = store.commit(Txn.of(new PutKey(key, Value.EMPTY, next).withoutPrevious()));
        Outcome.await(granted);
        Outcome.await(put);
        lease = next;
    }

    /** Says that this member judges no longer. */
    void leave() {
        if (!lease.isNone()) {
            Outcome.await(store.revoke(new RevokeLeases(List.of(lease))));
            lease = LeaseId.NONE;
        }
    }

    /**
     * Returns who judges. A member whose time is over does not, even while its lease is kept because the end of very many
     * leases is held back: so its instances are judged elsewhere just when that matters most. When it is heard again, it
     * judges again.
     */
    Assignment assignment() {
        Set<String> members = new TreeSet<>();
        Map<String, CompletableFuture<Optional<LeaseStatus>>> others = new TreeMap<>();
        for (KeyValue stored : store.view().read(KeyRange.prefix(ROOT), Integer.MAX_VALUE).keys()) {
            String member = stored.key().utf8().substring(ROOT.length());
            if (member.equals(self)) {
                members.add(member);
            } else {
                others.put(member, store.leaseStatus(stored.lease()));
            }
        }
        others.forEach((member, lease) -> {
            if (Outcome.await(lease).filter(status -> status.remaining().isPositive()).isPresent()) {
                members.add(member);
            }
        });
        return new Assignment(members);
    }
}
