package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyPut;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysDeleted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Says what holds for services as a whole. Of two who define a service at the same time the later one wins. May be used by
 * any thread; methods that change something wait for the store. Reads show this member's replica.
 */
public final class ServiceDefinitions {
    private final Store store;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param clock tells when a service was defined; nothing is decided by it
     */
    public ServiceDefinitions(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param service the service as it is defined now
     * @param replaced whether it was defined before
     */
    public record Defined(DefinedService service, boolean replaced) {}

    /** Defines a service, in place of what was said of it before. */
    public Defined define(Caller caller, ServiceKey service, ServiceDefinition definition) {
        caller.require(Role.EDITOR);
        Key key = RegistryKeys.of(service);
        Instant now = clock.instant();
        Value value = ServiceRecord.write(definition, caller.name(), now);
        TxnResult result = Outcome.await(store.commit(Txn.of(new PutKey(key, value))));
        KeyValue written = new KeyValue(key, value, result.revision(), result.revision(), 1, LeaseId.NONE);
        boolean replaced = result.results().getFirst() instanceof KeyPut put && put.previous() != null;
        return new Defined(ServiceRecord.read(written), replaced);
    }

    /**
     * Takes back what was said of a service. It stays as long as it has an instance.
     *
     * @return the store revision of the removal
     * @throws ServiceNotFoundException if it is not defined
     */
    public long remove(Caller caller, ServiceKey service) {
        caller.require(Role.EDITOR);
        TxnResult result = Outcome.await(store.commit(Txn.of(new DeleteKeys(RegistryKeys.of(service)))));
        if (result.results().getFirst() instanceof KeysDeleted deleted && deleted.count() == 0) {
            throw new ServiceNotFoundException(service);
        }
        return result.revision().value();
    }

    /**
     * Returns the definition of a service.
     *
     * @throws ServiceNotFoundException if it is not defined
     */
    public DefinedService get(Caller caller, ServiceKey service) {
        caller.require(Role.READER);
        return new RegistryView(store.view()).findDefinition(service)
                .orElseThrow(() -> new ServiceNotFoundException(service));
    }
}
