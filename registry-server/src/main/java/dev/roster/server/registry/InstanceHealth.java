package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes results of checks. Only a change of status is written; what an instance reports again and again renews a lease, as
 * heartbeats do. May be used by any thread; all methods but {@link #isReported} wait for the store.
 *
 * <h2>How a report expires</h2>
 * Beside its instance a reported check has a key of its own, attached to a lease with the time to live of the check. A report
 * renews it. The key is gone when the lease has ended: that is what {@link #isReported} tells whoever judges such checks, and
 * who then records that the check is critical. So deadlines of reports are held back, and outlive members, as those of
 * instances do.
 */
public final class InstanceHealth {

    /** Longest output of a report; of it {@link CheckState#MAX_OUTPUT_CHARACTERS} are kept. */
    public static final int MAX_OUTPUT_CHARACTERS = 4096;

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final InstanceUpdates updates;

    /**
     * Makes it.
     *
     * @param clock tells since when a check has its status
     * @param random draws the ids of leases; must not repeat itself between members or after a restart
     */
    public InstanceHealth(Store store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.updates = new InstanceUpdates(store);
    }

    /**
     * Takes a report of an instance on itself.
     *
     * @param output what to tell people, to {@value #MAX_OUTPUT_CHARACTERS} characters
     * @throws InstanceNotFoundException if the instance is not registered (any more)
     * @throws CheckNotFoundException if it has no such check that waits for reports
     */
    public void report(Caller caller, InstanceKey instance, CheckId check, CheckStatus status, String output) {
        caller.require(Role.APPLICATION);
        FreeText.checkText("output", output, MAX_OUTPUT_CHARACTERS);
        CheckState known = state(present(instance), check);
        if (!(known.check().method() instanceof CheckMethod.Report method)) {
            throw new CheckNotFoundException(instance, check);
        }
        if (status != CheckStatus.CRITICAL) {
            // Before the status: else it could be judged by a report that has expired.
            renew(RegistryKeys.of(instance, check), method.ttl());
        }
        if (known.status() != status) {
            record(instance, known.check(), status, output);
        }
    }

    /**
     * Records what came of a check.
     *
     * @param check as it was when it was made: when it is another one by now nothing is recorded
     * @return whether the check has another status than before
     * @throws InstanceNotFoundException if the instance is not registered (any more)
     */
    public boolean record(InstanceKey instance, Check check, CheckStatus status, String output) {
        Instant now = clock.instant();
        FlapRules rules = rules(instance);
        InstanceUpdates.Update update = updates.update(instance, present -> present.withCheck(check.id(),
                state -> state.check().equals(check) && state.status() != status
                        ? state.changed(status, output, now)
                        : state,
                now, rules));
        return !update.after().equals(update.before());
    }

    /** Tells whether an instance stays out because it flapped, and has been steady for long enough since. */
    public boolean isSteadyAgain(RegisteredInstance instance) {
        return instance.isFlapping() && instance.isSteadyAgain(clock.instant(), rules(instance.key()));
    }

    /**
     * Lets an instance come back that stayed out because it flapped, if it has been steady for long enough since.
     *
     * @return whether it comes back
     * @throws InstanceNotFoundException if the instance is not registered (any more)
     */
    public boolean settle(InstanceKey instance) {
        Instant now = clock.instant();
        FlapRules rules = rules(instance);
        InstanceUpdates.Update update = updates.update(instance, present -> present.settled(now, rules));
        return !update.after().equals(update.before());
    }

    private FlapRules rules(InstanceKey instance) {
        return new RegistryView(store.view()).flapRules(instance.service());
    }

    /** Tells whether a report on a check holds, as this member's replica shows it. */
    public boolean isReported(InstanceKey instance, CheckId check) {
        return store.view().find(RegistryKeys.of(instance, check)).isPresent();
    }

    /**
     * Removes an instance if nothing about it has changed.
     *
     * @return whether it was removed
     */
    public boolean removeUnchanged(RegisteredInstance instance) {
        Key key = RegistryKeys.of(instance.key());
        @Nullable
        KeyValue seen = store.view().find(key).orElse(null);
        if (seen == null || seen.modified().value() != instance.revision()) {
            return false;
        }
        return Outcome.await(store.commit(GuardedWrite.ifUnchanged(key, seen, new DeleteKeys(key)))).succeeded();
    }

    private RegisteredInstance present(InstanceKey instance) {
        Optional<RegisteredInstance> here = new RegistryView(store.view()).findInstance(instance);
        return here.or(() -> new RegistryView(Outcome.await(store.linearizableView())).findInstance(instance))
                .orElseThrow(() -> new InstanceNotFoundException(instance));
    }

    private static CheckState state(RegisteredInstance instance, CheckId check) {
        return instance.checks().stream().filter(state -> state.check().id().equals(check)).findFirst()
                .orElseThrow(() -> new CheckNotFoundException(instance.key(), check));
    }

    private void renew(Key key, Duration ttl) {
        LeaseId known = store.view().find(key).map(KeyValue::lease).orElse(LeaseId.NONE);
        if (!known.isNone() && Outcome.await(store.keepAlive(Set.of(known))).isEmpty()) {
            return;
        }
        LeaseId lease = drawLease();
        var granted = store.grant(new GrantLease(lease, ttl));
        var put = store.commit(Txn.of(new PutKey(key, Value.EMPTY, lease).withoutPrevious()));
        Outcome.await(granted);
        TxnResult _ = Outcome.await(put);
    }

    private LeaseId drawLease() {
        long id = random.nextLong();
        return id == LeaseId.NONE.value() ? drawLease() : new LeaseId(id);
    }
}
