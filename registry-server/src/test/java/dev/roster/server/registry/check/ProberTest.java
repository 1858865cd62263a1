package dev.roster.server.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lets time pass in steps of a second; calls are made when the test says so. */
class ProberTest {
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final ServiceKey SERVICE = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<Runnable> calls = new ArrayDeque<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private CheckStatus next = CheckStatus.PASSING;
    private final Prober prober = new Prober(new InstanceHealth(local.store, local.clock, new Random(2)), (_, _) -> {
        made.incrementAndGet();
        return new Prober.Result(next, "said");
    }, this::nanos, new Random(3), calls::add, meters);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void makesEachCheckOncePerInterval() {
        for (int i = 0; i < 10; i++) {
            register("i" + i, 1, 1);
        }

        step(10);
        assertThat(made.get()).as("each begins within the first interval").isBetween(9, 10);
        int before = made.get();
        step(60);
        assertThat(made.get() - before).isEqualTo(60);
        assertThat(meters.counter("roster.registry.checks.made").count()).isEqualTo(made.get());
    }

    @Test
    void doesNotBeginAllAtOnce() {
        for (int i = 0; i < 100; i++) {
            register("i" + i, 1, 1);
        }

        int most = 0;
        for (int i = 0; i < 10; i++) {
            int before = made.get();
            step(1);
            most = Math.max(most, made.get() - before);
        }
        assertThat(most).isLessThan(30);
    }

    @Test
    void changesTheStatusAfterEnoughResultsInARow() {
        register("i1", 2, 3);
        step(10);
        assertThat(status("i1")).as("one success of two").isEqualTo(InstanceStatus.DOWN);
        step(10);
        assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
        long revision = local.revision();
        step(30);
        assertThat(local.revision()).as("nothing has changed").isEqualTo(revision);

        next = CheckStatus.CRITICAL;
        step(20);
        assertThat(status("i1")).as("two failures of three").isEqualTo(InstanceStatus.UP);
        step(10);
        assertThat(status("i1")).isEqualTo(InstanceStatus.DOWN);
        assertThat(instance("i1").checks().getFirst().output()).isEqualTo("said");
    }

    @Test
    void waitsForOneCallBeforeTheNext() {
        register("i1", 1, 1);
        for (int i = 0; i < 100; i++) {
            tick();
        }

        assertThat(calls).as("the first is not over").hasSize(1);
        calls.remove().run();
        tick();
        assertThat(calls).hasSize(1);
    }

    @Test
    void makesOnlySoManyCallsAtATime() {
        for (int i = 0; i < Prober.MAX_CALLS + 10; i++) {
            register("i" + i, 1, 1);
        }
        for (int i = 0; i < 20; i++) {
            tick();
        }

        assertThat(calls).hasSize(Prober.MAX_CALLS);
        calls.remove().run();
        tick();
        assertThat(calls).hasSize(Prober.MAX_CALLS);
    }

    @Test
    void takesNoResultOfAnInstanceThatIsGone() {
        register("i1", 1, 1);
        while (calls.isEmpty()) {
            tick();
        }
        catalog.deregister(CALLER, new InstanceKey(SERVICE, new InstanceId("i1")));

        calls.remove().run();

        assertThat(catalog.findInstance(CALLER, new InstanceKey(SERVICE, new InstanceId("i1")))).isEmpty();
        tick();
        assertThat(calls).isEmpty();
    }

    private void step(int seconds) {
        for (int i = 0; i < seconds; i++) {
            tick();
            while (!calls.isEmpty()) {
                calls.remove().run();
            }
        }
    }

    private void tick() {
        local.clock.advance(Duration.ofSeconds(1));
        List<RegisteredInstance> own = catalog.findInstance(CALLER, new InstanceKey(SERVICE, new InstanceId("i0")))
                .or(() -> catalog.findInstance(CALLER, new InstanceKey(SERVICE, new InstanceId("i1"))))
                .map(_ -> catalog.getService(CALLER, SERVICE).instances()).orElse(List.of());
        prober.tick(own);
    }

    private long nanos() {
        return local.clock.instant().toEpochMilli() * 1_000_000;
    }

    private void register(String id, int successes, int failures) {
        CheckMethod.Schedule schedule = new CheckMethod.Schedule(Duration.ofSeconds(10), Duration.ofSeconds(10),
                successes, failures);
        Check check = new Check(new CheckId("port"), new CheckMethod.Tcp(null, schedule),
                CheckStatus.CRITICAL, null);
        catalog.register(CALLER, new InstanceKey(SERVICE, new InstanceId(id)), new Registration(
                new Endpoint("127.0.0.1", 1, false, Map.of()), null, InstanceStatus.UP, Traits.NONE, List.of(check)));
    }

    private RegisteredInstance instance(String id) {
        return catalog.getInstance(CALLER, new InstanceKey(SERVICE, new InstanceId(id)));
    }

    private InstanceStatus status(String id) {
        return instance(id).status();
    }
}
