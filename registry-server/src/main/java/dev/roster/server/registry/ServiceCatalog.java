package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers, renews, deregisters and finds instances. May be used by any thread; methods that change something, and
 * {@link #renew}, wait for the store. Reads show this member's replica.
 *
 * <h2>Why no instance is left behind</h2>
 * An instance is one key, attached to a lease that belongs to it alone. Every attempt to register draws a new lease and
 * proposes two commands, one behind the other: the grant, and a transaction that puts the key with that lease if the key
 * is still as it was seen. Then the lease that the transaction displaced is revoked. Whatever happens in between leaves
 * nothing that lives for ever:
 * <ul>
 * <li>after the grant: a lease without a key, which nobody renews; it ends with its time to live;
 * <li>after the transaction: the same holds of the displaced lease. When it ends, or is revoked, the key stays, because
 * it is attached to the new lease: a lease takes along only the keys that are attached to it at that moment;
 * <li>a transaction whose outcome is unknown and that is carried out late finds the key changed if another registration
 * was acknowledged meanwhile, and does nothing: the later acknowledged registration wins.
 * </ul>
 * Of two registrations at the same time the transactions are carried out one after the other. The second one's condition
 * fails; it looks again and then replaces the first, displacing just the lease that the first had put there.
 *
 * <p>A heartbeat finds the lease through the key, so it renews whichever registration is in force; it writes nothing.
 *
 * <p>A persistent instance has no lease: its key lives until it is deleted, and a heartbeat does nothing.
 */
public final class ServiceCatalog {

    /** Most instances of a service: a list of them stays below some 5 MB of JSON. Racing registrations may exceed it. */
    public static final int MAX_INSTANCES = 10_000;

    /** Most instances renewed by one call: those of a host, or of a proxy for many. */
    public static final int MAX_RENEWED_TOGETHER = 1000;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,128}");

    private static final Logger log = LoggerFactory.getLogger(ServiceCatalog.class);

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final RegistryRules rules;
    private final Population population;
    private final Heartbeats heartbeats;

    /** Makes a catalog with {@link RegistryRules#DEFAULT}. */
    public ServiceCatalog(Store store, InstantSource clock, RandomGenerator random) {
        this(store, clock, random, RegistryRules.DEFAULT);
    }

    /**
     * Makes the catalog.
     *
     * @param clock tells when an instance was registered; nothing is decided by it
     * @param random draws the ids of leases; must not repeat itself between members or after a restart
     * @param rules what instances may ask for
     */
    public ServiceCatalog(Store store, InstantSource clock, RandomGenerator random, RegistryRules rules) {
        this.rules = rules;
        this.population = new Population(clock);
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.heartbeats = new Heartbeats(store);
    }

    /**
     * Registers an instance, in place of one of the same id if there is one.
     *
     * @throws ServiceFullException if the service has {@link #MAX_INSTANCES} others
     * @throws NamespaceFullException if the namespace has as many as {@link RegistryRules#maxInstances}; it is counted now and
     *     then, so that a flood may exceed it for two seconds
     * @throws RegistrationContendedException if the instance was changed by others on every attempt
     */
    public Registered register(Caller caller, InstanceKey instance, Registration registration) {
        caller.require(Role.APPLICATION);
        rules.check(registration);
        Key key = RegistryKeys.of(instance);
        Key host = RegistryKeys.ofHost(instance.service().namespace(), registration.endpoint().host());
        ReadView view = store.view();
        Seen seen = new Seen(view.find(key).orElse(null), view.find(host).orElse(null));
        if (seen.instance() == null) {
            checkRoom(instance.service(), view);
        }
        for (int attempt = 0; attempt < GuardedWrite.MAX_ATTEMPTS; attempt++) {
            Attempt result = tryToRegister(key, host, seen, registration);
            if (result.registered() != null) {
                return result.registered();
            }
            seen = result.present();
        }
        throw new RegistrationContendedException(instance);
    }

    private void checkRoom(ServiceKey service, ReadView view) {
        if (view.count(RegistryKeys.instances(service)) >= MAX_INSTANCES) {
            throw new ServiceFullException(service);
        }
        if (population.of(service.namespace(), view) >= rules.maxInstances()) {
            throw new NamespaceFullException(service.namespace(), rules.maxInstances());
        }
    }

    /**
     * Gives an instance its full time to live again.
     *
     * @throws InstanceNotFoundException if it is not registered (any more); it has to register again
     */
    public void renew(Caller caller, InstanceKey instance) {
        if (!renew(caller, List.of(instance)).isEmpty()) {
            throw new InstanceNotFoundException(instance);
        }
    }

    /**
     * Gives many instances their full time to live again, for the price of little more than one.
     *
     * @param instances at most {@value #MAX_RENEWED_TOGETHER}
     * @return those that are not registered (any more), which have to register again; in the order given
     */
    public List<InstanceKey> renew(Caller caller, List<InstanceKey> instances) {
        caller.require(Role.APPLICATION);
        if (instances.size() > MAX_RENEWED_TOGETHER) {
            throw new InvalidArgumentException("instances", instances.size() + " entries",
                    "at most " + MAX_RENEWED_TOGETHER + " entries");
        }
        return heartbeats.renew(instances);
    }

    /**
     * Removes an instance at once.
     *
     * @return the store revision of the removal
     * @throws InstanceNotFoundException if it is not registered (any more)
     */
    public long deregister(Caller caller, InstanceKey instance) {
        caller.require(Role.APPLICATION);
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
            TxnResult result = Outcome.await(store.commit(GuardedWrite.ifUnchanged(key, seen, new DeleteKeys(key))));
            if (result.succeeded()) {
                abandon(seen.lease());
                return result.revision().value();
            }
            seen = GuardedWrite.present(result);
        }
        throw new RegistrationContendedException(instance);
    }

    /** Returns an instance, if it is registered. */
    public Optional<RegisteredInstance> findInstance(Caller caller, InstanceKey instance) {
        return view(caller).findInstance(instance);
    }

    /**
     * Returns an instance.
     *
     * @throws InstanceNotFoundException if it is not registered
     */
    public RegisteredInstance getInstance(Caller caller, InstanceKey instance) {
        return findInstance(caller, instance).orElseThrow(() -> new InstanceNotFoundException(instance));
    }

    /**
     * Returns a service with all its instances.
     *
     * @throws ServiceNotFoundException if it has none and is not defined
     */
    public RegisteredService getService(Caller caller, ServiceKey service) {
        RegisteredService found = view(caller).service(service);
        if (!found.exists()) {
            throw new ServiceNotFoundException(service);
        }
        return found;
    }

    /**
     * Lists services by name.
     *
     * @param prefix what names must begin with, possibly empty
     * @param limit most services wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public ServicePage listServices(Caller caller, NamespaceName namespace, String prefix, int limit,
            ServicePage.@Nullable Position from) {
        caller.require(Role.READER);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new InvalidArgumentException("prefix", prefix,
                    "at most 128 letters, digits, dots, hyphens and underscores");
        }
        return from == null
                ? view(caller).services(namespace, prefix, null, limit)
                : new RegistryView(store.viewAt(new Revision(from.revision()))).services(namespace, prefix,
                        from.after(), limit);
    }

    private RegistryView view(Caller caller) {
        caller.require(Role.READER);
        return new RegistryView(store.view());
    }

    /** What is there: the instance, and the maintenance of its host. */
    private record Seen(@Nullable KeyValue instance, @Nullable KeyValue host) {}

    /** What came of one attempt: the registration, or what is there in place of what was expected. */
    private record Attempt(@Nullable Registered registered, Seen present) {}

    private Attempt tryToRegister(Key key, Key host, Seen seen, Registration registration) {
        RegisteredInstance instance = registered(RegistryKeys.read(key), seen, registration);
        Value value = InstanceRecord.write(instance);
        Duration ttl = registration.ttl();
        LeaseId lease = ttl == null ? LeaseId.NONE : drawLease();
        CompletableFuture<?> granted = ttl == null
                ? CompletableFuture.completedFuture(lease)
                : store.grant(new GrantLease(lease, ttl));
        CompletableFuture<TxnResult> put = store.commit(GuardedWrite.ifUnchanged(key, seen.instance(), host,
                seen.host(), new PutKey(key, value, lease)));
        TxnResult result;
        try {
            result = Outcome.await(put);
        } catch (LeaseNotFoundException e) {
            // The grant was refused, so its reason is the one to tell; or the lease has lapsed on the way: try again.
            Outcome.await(granted);
            return new Attempt(null, seen);
        }
        if (!result.succeeded()) {
            abandon(lease);
            return new Attempt(null, new Seen(GuardedWrite.present(result, 0), GuardedWrite.present(result, 1)));
        }
        KeyValue replaced = seen.instance();
        if (replaced != null) {
            abandon(replaced.lease());
        }
        return new Attempt(new Registered(instance.at(result.revision().value()), replaced != null), seen);
    }

    private RegisteredInstance registered(InstanceKey key, Seen seen, Registration registration) {
        Instant now = clock.instant();
        KeyValue before = seen.instance();
        KeyValue host = seen.host();
        RegisteredInstance instance = before == null
                ? RegisteredInstance.of(key, registration, now)
                : InstanceRecord.read(before).registeredAgain(registration, now,
                        new RegistryView(store.view()).flapRules(key.service()));
        return instance.with(instance.interventions().during(host == null ? null : HostRecord.read(host)), now);
    }

    private LeaseId drawLease() {
        long id = random.nextLong();
        return id == LeaseId.NONE.value() ? drawLease() : new LeaseId(id);
    }

    /** Ends a lease that no key is attached to. It would end by itself: this only saves the store keeping it. */
    private void abandon(LeaseId lease) {
        if (lease.isNone()) {
            return;
        }
        CompletableFuture<?> _ = store.revoke(new RevokeLeases(List.of(lease))).whenComplete((_, failure) -> {
            if (failure != null) {
                log.debug("Lease {} is left to lapse", lease, failure);
            }
        });
    }
}
