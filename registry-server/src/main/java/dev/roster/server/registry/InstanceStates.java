package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets instances say how they are without saying again what they are: that one that was starting is ready, or that it is
 * about to leave. May be used by any thread; waits for the store.
 */
public final class InstanceStates {
    private final Store store;
    private final InstanceUpdates updates;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param clock tells since when an instance has its status
     */
    public InstanceStates(Store store, InstantSource clock) {
        this.store = store;
        this.updates = new InstanceUpdates(store);
        this.clock = clock;
    }

    /**
     * Replaces what an instance said of its status when it registered. What operators have decided still counts over it, and so
     * does flapping.
     *
     * @return the instance since then; unchanged, and at its earlier revision, if it said so before
     * @throws InstanceNotFoundException if it is not registered (any more)
     * @throws RegistrationContendedException if it was changed by others on every attempt
     */
    public RegisteredInstance say(Caller caller, InstanceKey instance, InstanceStatus status) {
        caller.require(Role.APPLICATION);
        Instant now = clock.instant();
        FlapRules rules = new RegistryView(store.view()).flapRules(instance.service());
        return updates.update(instance, present -> present.saying(status, now, rules)).after();
    }
}
