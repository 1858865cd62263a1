package dev.roster.server.registry.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.Check;
import dev.roster.server.registry.CheckId;
import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.InstanceHealth;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.InstanceStatus;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.registry.Traits;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compact;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseStatus;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckKeeperTest {
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final CheckId CHECK = new CheckId("alive");

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final InstanceHealth health = new InstanceHealth(local.store, local.clock, new Random(2));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CheckKeeper keeper = keeper("member-1", local.store, meters);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void recordsThatAReportHasExpired() {
        register("i1", CheckStatus.CRITICAL, null);
        health.report(CALLER, key("i1"), CHECK, CheckStatus.PASSING, "");
        tickUntilFollowed("i1");

        pass(TTL.minusSeconds(1));
        assertThat(status("i1")).isEqualTo(InstanceStatus.UP);

        pass(Duration.ofSeconds(1));
        assertThat(status("i1")).isEqualTo(InstanceStatus.DOWN);
        assertThat(instance("i1").checks().getFirst().output()).contains("no report");
        assertThat(meters.counter("roster.registry.checks.expired").count()).isEqualTo(1);
        long revision = local.revision();
        pass(Duration.ofSeconds(1));
        assertThat(local.revision()).as("it is recorded once").isEqualTo(revision);
    }

    @Test
    void leavesAnInstanceAloneThatReports() {
        register("i1", CheckStatus.CRITICAL, null);
        for (int i = 0; i < 10; i++) {
            health.report(CALLER, key("i1"), CHECK, CheckStatus.WARNING, "");
            pass(TTL.minusSeconds(1));
        }

        assertThat(status("i1")).isEqualTo(InstanceStatus.WARNING);
    }

    @Test
    void givesAFullTimeToLiveToAnInstanceThatHasNotReportedYet() {
        register("i1", CheckStatus.PASSING, null);
        tickUntilFollowed("i1");

        pass(TTL.minusSeconds(1));
        assertThat(status("i1")).isEqualTo(InstanceStatus.UP);

        pass(Duration.ofSeconds(1));
        assertThat(status("i1")).isEqualTo(InstanceStatus.DOWN);
    }

    @Test
    void removesWhatWasCriticalForTooLong() {
        register("i1", CheckStatus.CRITICAL, Duration.ofMinutes(1));
        register("i2", CheckStatus.CRITICAL, null);
        tickUntilFollowed("i1");

        pass(Duration.ofSeconds(59));
        assertThat(catalog.findInstance(CALLER, key("i1"))).isPresent();

        pass(Duration.ofSeconds(1));
        assertThat(catalog.findInstance(CALLER, key("i1"))).isEmpty();
        assertThat(catalog.findInstance(CALLER, key("i2"))).isPresent();
        assertThat(meters.counter("roster.registry.checks.removed").count()).isEqualTo(1);
    }

    @Test
    void letsAnInstanceComeBackThatFlappedAndIsSteady() {
        register("i1", CheckStatus.PASSING, null);
        Check check = instance("i1").checks().getFirst().check();
        for (int i = 0; i < 3; i++) {
            health.record(key("i1"), check, CheckStatus.CRITICAL, "");
            health.report(CALLER, key("i1"), CHECK, CheckStatus.PASSING, "");
        }
        assertThat(instance("i1").isFlapping()).isTrue();
        tickUntilFollowed("i1");

        for (int i = 0; i < 59; i++) {
            health.report(CALLER, key("i1"), CHECK, CheckStatus.PASSING, "");
            pass(Duration.ofSeconds(1));
        }
        assertThat(status("i1")).isEqualTo(InstanceStatus.DOWN);

        pass(Duration.ofSeconds(1));
        assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
    }

    @Test
    void letsAnInstanceComeBackThatHasNoChecks() {
        for (InstanceStatus status : List.of(InstanceStatus.UP, InstanceStatus.DOWN, InstanceStatus.UP,
                InstanceStatus.DOWN, InstanceStatus.UP, InstanceStatus.DOWN, InstanceStatus.UP)) {
            catalog.register(CALLER, key("i1"), new Registration(new Endpoint("h", 1, false, Map.of()),
                    Duration.ofSeconds(30), status, Traits.NONE, List.of()));
        }
        assertThat(status("i1")).isEqualTo(InstanceStatus.DOWN);
        tickUntilFollowed("i1");

        pass(Duration.ofMinutes(1));

        assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
        await("there is nothing more to judge").untilAsserted(() -> {
            keeper.tick();
            assertThat(share(meters)).isZero();
        });
    }

    @Test
    void removesNothingTooEarlyWhenTheClockOfAnotherMemberWasAhead() {
        register("i1", CheckStatus.CRITICAL, Duration.ofMinutes(1));
        tickUntilFollowed("i1");
        local.clock.advance(Duration.ofHours(-1));

        pass(Duration.ofMinutes(2));

        assertThat(catalog.findInstance(CALLER, key("i1"))).as("late by as much as the clock was ahead").isPresent();
    }

    @Test
    void sharesInstancesWithOtherMembersAndTakesThemOver() {
        for (int i = 0; i < 20; i++) {
            register("i" + i, CheckStatus.PASSING, null);
        }
        SimpleMeterRegistry otherMeters = new SimpleMeterRegistry();
        CheckKeeper other = keeper("member-2", local.store, otherMeters);
        await("the watches of both show all").untilAsserted(() -> {
            keeper.tick();
            other.tick();
            assertThat(share(meters) + share(otherMeters)).isEqualTo(20);
            assertThat(share(meters)).isBetween(1.0, 19.0);
        });

        for (int i = 0; i < 5; i++) {
            local.pass(Duration.ofSeconds(1));
            keeper.tick();
        }
        assertThat(share(meters)).as("the other is silent for more than four seconds").isEqualTo(20);

        other.tick();
        keeper.tick();
        assertThat(share(meters)).isLessThan(20);
        other.close();
        keeper.tick();
        assertThat(share(meters)).as("the other has left").isEqualTo(20);
    }

    @Test
    void takesOverFromAMemberWhoseLeaseIsHeldBack() {
        for (int i = 0; i < 20; i++) {
            register("i" + i, CheckStatus.PASSING, null);
        }
        AtomicBoolean held = new AtomicBoolean();
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        CheckKeeper survivor = keeper("member-1", new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<Optional<LeaseStatus>> leaseStatus(LeaseId id) {
                return super.leaseStatus(id).thenApply(found -> found.map(status -> held.get()
                        ? new LeaseStatus(status.lease(), Duration.ZERO, status.keys())
                        : status));
            }
        }, own);
        CheckKeeper other = keeper("member-2", local.store, new SimpleMeterRegistry());
        await("both share").untilAsserted(() -> {
            other.tick();
            survivor.tick();
            assertThat(share(own)).isBetween(1.0, 19.0);
        });

        held.set(true);
        survivor.tick();

        assertThat(share(own)).as("its key is there, but its time is over").isEqualTo(20);

        held.set(false);
        survivor.tick();
        assertThat(share(own)).as("it was heard again").isLessThan(20);
    }

    @Test
    void triesAgainWhatCouldNotBeRecorded() {
        AtomicBoolean broken = new AtomicBoolean();
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        CheckKeeper flaky = keeper("member-1", new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                return broken.get()
                        ? CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)))
                        : super.commit(txn);
            }
        }, own);
        register("i1", CheckStatus.PASSING, null);
        await("the watch shows it").untilAsserted(() -> {
            flaky.tick();
            assertThat(share(own)).isEqualTo(1);
        });
        broken.set(true);
        local.pass(TTL);
        flaky.tick();
        assertThat(status("i1")).isEqualTo(InstanceStatus.UP);

        broken.set(false);
        flaky.tick();
        flaky.tick();
        assertThat(status("i1")).isEqualTo(InstanceStatus.DOWN);
    }

    @Test
    void readsAllAgainWhenItHasFallenTooFarBehind() {
        tickUntilFollowed();
        register("i1", CheckStatus.PASSING, null);
        Outcome.await(local.store.compact(new Compact(new Revision(local.revision()))));

        tickUntilFollowed("i1");
    }

    private void tickUntilFollowed(String... ids) {
        await("the watch shows what is registered").untilAsserted(() -> {
            keeper.tick();
            assertThat(share(meters)).isGreaterThanOrEqualTo(ids.length);
        });
    }

    private void pass(Duration time) {
        for (long left = time.toSeconds(); left > 0; left--) {
            local.pass(Duration.ofSeconds(1));
            catalog.renew(CALLER, List.of(key("i1"), key("i2")));
            keeper.tick();
        }
    }

    private static double share(SimpleMeterRegistry meters) {
        return meters.get("roster.registry.checks.instances").gauge().value();
    }

    private CheckKeeper keeper(String member, Store store, SimpleMeterRegistry registry) {
        return new CheckKeeper(store, new InstanceHealth(store, local.clock, new Random(member.hashCode())), member,
                local.clock, () -> local.clock.instant().toEpochMilli() * 1_000_000, new Random(member.hashCode() + 1),
                Runnable::run, registry, new CallPolicy(new AddressPolicy(List.of(), List.of()), false));
    }

    private void register(String id, CheckStatus initial, @Nullable Duration deregisterAfter) {
        Check check = new Check(CHECK, new CheckMethod.Report(TTL), initial, deregisterAfter);
        catalog.register(CALLER, key(id), new Registration(new Endpoint("h", 1, false, Map.of()),
                Duration.ofSeconds(30), InstanceStatus.UP, Traits.NONE, List.of(check)));
    }

    private RegisteredInstance instance(String id) {
        return catalog.getInstance(CALLER, key(id));
    }

    private InstanceStatus status(String id) {
        return instance(id).status();
    }

    private static InstanceKey key(String id) {
        return new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId(id));
    }
}
