package dev.roster.server.registry.check;

import dev.roster.server.registry.Check;
import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckState;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.InstanceHealth;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.InstanceNotFoundException;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.RegistrationContendedException;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the checks of those instances that are this member's share: has those made that need a call, records that a report
 * has expired, removes instances that were critical for too long, and lets those come back that flapped and are steady now.
 *
 * <p>{@link #tick} is to be called about once a second, by one thread. Nothing is recorded twice, and what could not be
 * recorded is tried again at the next tick.
 *
 * <h2>When a report has expired</h2>
 * A check that waits for reports and is not critical has a report that holds, or expires. If this member has seen one that
 * held, it has expired as soon as it is gone. If it has seen none, because the instance is new or was another member's share
 * until now, the instance is given a full time to live first, by this member's own clock.
 */
public final class CheckKeeper implements AutoCloseable {

    /** Most changes recorded at the same time, so that a failure of thousands does not fill the store's queue. */
    private static final int MAX_RECORDED_TOGETHER = 64;

    private static final String EXPIRED = "no report came in time";

    private static final Logger log = LoggerFactory.getLogger(CheckKeeper.class);

    private final InstanceHealth health;
    private final String self;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Runners runners;
    private final CheckedInstances instances;
    private final Prober.Caller caller;
    private final Prober prober;
    private final Counter expired;
    private final Counter removed;
    private Map<Subject, Deadline> deadlines = new HashMap<>();
    private volatile int share;

    /**
     * Makes it.
     *
     * @param self name of this member
     * @param clock compared with the times in records to tell for how long a check was critical
     * @param nanoTime measures the time that an instance is given
     * @param random draws the ids of leases
     * @param executor makes changes, each of which waits for the store
     * @param meters told how many instances are this member's share, and what became of them
     * @param policy what may be called, and how
     */
    public CheckKeeper(Store store, InstanceHealth health, String self, InstantSource clock, LongSupplier nanoTime,
            RandomGenerator random, Executor executor, MeterRegistry meters, CallPolicy policy) {
        this(store, health, self, clock, nanoTime, random, executor, meters,
                new Probe(policy, InetAddress::getAllByName, nanoTime));
    }

    CheckKeeper(Store store, InstanceHealth health, String self, InstantSource clock, LongSupplier nanoTime,
            RandomGenerator random, Executor executor, MeterRegistry meters, Prober.Caller caller) {
        this.health = health;
        this.self = self;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.runners = new Runners(store, self, random);
        this.instances = new CheckedInstances(store);
        this.caller = caller;
        this.prober = new Prober(health, caller, nanoTime, random, executor, meters);
        this.expired = Counter.builder("roster.registry.checks.expired")
                .description("Reports of instances on themselves that did not come in time").register(meters);
        this.removed = Counter.builder("roster.registry.checks.removed")
                .description("Instances that were removed because a check was critical for too long").register(meters);
        meters.gauge("roster.registry.checks.instances", this, keeper -> keeper.share);
    }

    private record Subject(InstanceKey instance, Check check) {}

    /**
     * Until when a report is waited for.
     *
     * @param seen whether there was a report that held
     * @param nanos when the wait is over if there was none
     */
    private record Deadline(boolean seen, long nanos) {}

    /** Looks at every instance of this member's share. */
    public void tick() {
        try {
            runners.announce();
            instances.follow();
            Assignment assignment = runners.assignment();
            List<RegisteredInstance> own = instances.all().stream()
                    .filter(instance -> assignment.isOf(self, instance.key())).toList();
            share = own.size();
            prober.tick(own);
            carryOut(judge(own));
        } catch (StoreException e) {
            log.debug("Checks are not judged now, trying again", e);
        }
    }

    /** Says that this member judges no longer. */
    @Override
    public void close() {
        instances.close();
        caller.close();
        try {
            runners.leave();
        } catch (StoreException e) {
            log.debug("The others find out by themselves that this member judges no longer", e);
        }
    }

    private List<Runnable> judge(List<RegisteredInstance> own) {
        List<Runnable> changes = new ArrayList<>();
        Map<Subject, Deadline> next = new HashMap<>();
        for (RegisteredInstance instance : own) {
            if (health.isSteadyAgain(instance)) {
                changes.add(() -> settle(instance.key()));
            }
            for (CheckState state : instance.checks()) {
                if (isDead(state)) {
                    changes.add(() -> remove(instance, state));
                } else if (isOverdue(instance, state, next)) {
                    changes.add(() -> expire(instance.key(), state.check()));
                }
            }
        }
        deadlines = next;
        return changes;
    }

    private boolean isDead(CheckState state) {
        Duration after = state.check().deregisterAfter();
        return after != null && state.status() == CheckStatus.CRITICAL
                && Duration.between(state.since(), clock.instant()).compareTo(after) >= 0;
    }

    private boolean isOverdue(RegisteredInstance instance, CheckState state, Map<Subject, Deadline> next) {
        if (!(state.check().method() instanceof CheckMethod.Report report) || state.status() == CheckStatus.CRITICAL) {
            return false;
        }
        Subject subject = new Subject(instance.key(), state.check());
        if (health.isReported(instance.key(), state.check().id())) {
            next.put(subject, new Deadline(true, 0));
            return false;
        }
        Deadline deadline = deadlines.getOrDefault(subject,
                new Deadline(false, nanoTime.getAsLong() + report.ttl().toNanos()));
        next.put(subject, deadline);
        return deadline.seen() || deadline.nanos() - nanoTime.getAsLong() <= 0;
    }

    private void expire(InstanceKey instance, Check check) {
        if (!health.isReported(instance, check.id())
                && health.record(instance, check, CheckStatus.CRITICAL, EXPIRED)) {
            expired.increment();
        }
    }

    private void settle(InstanceKey instance) {
        if (health.settle(instance)) {
            log.info("Instance {} has flapped and is steady now", instance);
        }
    }

    private void remove(RegisteredInstance instance, CheckState state) {
        if (health.removeUnchanged(instance)) {
            removed.increment();
            log.info("Instance {} is removed: check {} is critical since {}", instance.key(), state.check().id(),
                    state.since());
        }
    }

    private void carryOut(List<Runnable> changes) {
        for (int from = 0; from < changes.size(); from += MAX_RECORDED_TOGETHER) {
            List<CompletableFuture<Void>> running = changes
                    .subList(from, Math.min(changes.size(), from + MAX_RECORDED_TOGETHER)).stream()
                    .map(change -> CompletableFuture.runAsync(() -> attempt(change), executor)).toList();
            running.forEach(CompletableFuture::join);
        }
    }

    private static void attempt(Runnable change) {
        try {
            change.run();
        } catch (StoreException | InstanceNotFoundException | RegistrationContendedException e) {
            // Gone, or changed by others, or no leader: the next tick judges anew.
            log.debug("A change of a check is left to the next tick", e);
        }
    }
}
