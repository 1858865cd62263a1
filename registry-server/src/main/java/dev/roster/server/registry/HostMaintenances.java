package dev.roster.server.registry;

import dev.roster.server.registry.InstanceFilter.Equal;
import dev.roster.server.registry.InstanceFilter.Named;
import dev.roster.server.registry.OperatorActions.Changes;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes all instances of a host out of service while somebody works on it, and those that are registered meanwhile, too. May
 * be used by any thread; waits for the store.
 *
 * <p>A key says that the host is in maintenance. It is written first, and a registration only succeeds if that key is as it
 * was seen: so no instance slips through. Then the instances are marked, as long as the key is as it was written. When that is
 * cut short the rest is done by asking again.
 */
public final class HostMaintenances {

    /** Most hosts of a namespace in maintenance, so that all of them fit into one answer. */
    public static final int MAX_HOSTS = 1000;

    private final Store store;
    private final InstantSource clock;
    private final InstanceChanges changes;

    /**
     * Makes it.
     *
     * @param clock tells since when a host is in maintenance
     */
    public HostMaintenances(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.changes = new InstanceChanges(store, clock);
    }

    /**
     * The hosts in maintenance.
     *
     * @param revision the store revision that this shows
     * @param hosts ordered by host
     */
    public record Listing(long revision, List<HostMaintenance> hosts) {
        public Listing {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Begins the maintenance of a host, or gives another reason for it.
     *
     * @return what became of its instances
     * @throws RegistrationContendedException if somebody else ends it, or begins it anew, at the same time
     * @throws TooManyHostsException if {@link #MAX_HOSTS} others are in maintenance
     */
    public Changes begin(Caller caller, NamespaceName namespace, String host, String reason) {
        caller.require(Role.EDITOR);
        HostMaintenance maintenance = new HostMaintenance(host, reason, caller.name(), clock.instant());
        Key key = RegistryKeys.ofHost(namespace, host);
        ReadView view = store.view();
        if (view.find(key).isEmpty() && view.count(RegistryKeys.hosts(namespace)) >= MAX_HOSTS) {
            throw new TooManyHostsException(namespace);
        }
        TxnResult begun = Outcome
                .await(store.commit(Txn.of(new PutKey(key, HostRecord.write(maintenance)).withoutPrevious())));
        return mark(namespace, host, maintenance, Compare.modifiedAt(key, begun.revision()));
    }

    /** Ends the maintenance of a host; nothing happens if there is none. */
    public Changes end(Caller caller, NamespaceName namespace, String host) {
        caller.require(Role.EDITOR);
        Key key = RegistryKeys.ofHost(namespace, host);
        Outcome.await(store.commit(Txn.of(new DeleteKeys(key).withoutPrevious())));
        return mark(namespace, host, null, Compare.absent(key));
    }

    /** Lists the hosts in maintenance. */
    public Listing list(Caller caller, NamespaceName namespace) {
        caller.require(Role.READER);
        ReadView view = store.view();
        return new Listing(view.revision().value(), view.read(RegistryKeys.hosts(namespace), Integer.MAX_VALUE).keys()
                .stream().map(HostRecord::read).toList());
    }

    private Changes mark(NamespaceName namespace, String host, @Nullable HostMaintenance maintenance,
            Compare stillSo) {
        ReadView view = Outcome.await(store.linearizableView());
        InstanceFilter onHost = new Equal(Named.HOST, host);
        List<RegisteredInstance> instances = new RegistryView(view).instances(namespace, onHost, Integer.MAX_VALUE);
        return changes.apply(view.revision().value(), instances, onHost, new InstanceAction.Maintain(maintenance),
                stillSo);
    }
}
