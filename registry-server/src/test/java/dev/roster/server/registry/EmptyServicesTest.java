package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmptyServicesTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Duration KEEP = Duration.ofHours(1);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final ServiceDefinitions definitions = new ServiceDefinitions(local.store, local.clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EmptyServices services = sweeper(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void removesAServiceThatHasHadNoInstanceForTooLong() {
        define("orders", false);
        define("orders-archive", true);
        define("stock", false);
        register("stock");
        services.sweep();
        pass(KEEP.minusSeconds(1));
        assertThat(isDefined("orders")).isTrue();

        pass(Duration.ofSeconds(1));

        assertThat(isDefined("orders")).isFalse();
        assertThat(isDefined("orders-archive")).as("it is to stay").isTrue();
        assertThat(isDefined("stock")).as("it has an instance").isTrue();
        assertThat(meters.counter("roster.registry.services.removed").count()).isEqualTo(1);
        long revision = local.revision();
        pass(KEEP);
        assertThat(local.revision()).isEqualTo(revision);
    }

    @Test
    void countsAnewWhenAnInstanceWasThereOrTheServiceIsDefinedAnew() {
        define("orders", false);
        define("stock", false);
        services.sweep();
        pass(KEEP.minusSeconds(1));
        register("orders");
        define("stock", false);
        services.sweep();
        catalog.deregister(EDITOR, instance("orders"));

        pass(KEEP.minusSeconds(1));
        assertThat(isDefined("orders")).isTrue();
        assertThat(isDefined("stock")).isTrue();

        pass(KEEP);
        assertThat(isDefined("orders")).isFalse();
        assertThat(isDefined("stock")).isFalse();
    }

    @Test
    void leavesAServiceAloneToWhichAnInstanceComesAtThatMoment() {
        define("orders", false);
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        EmptyServices racing = sweeper(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                before.getAndSet(() -> {}).run();
                return super.commit(txn);
            }
        });
        racing.sweep();
        local.clock.advance(KEEP);
        before.set(() -> register("orders"));

        racing.sweep();

        assertThat(isDefined("orders")).isTrue();
        assertThat(meters.counter("roster.registry.services.removed").count()).isZero();
    }

    @Test
    void triesAgainWhenThereIsNoLeader() {
        define("orders", false);
        AtomicReference<Boolean> broken = new AtomicReference<>(true);
        EmptyServices flaky = sweeper(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                return broken.get()
                        ? CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)))
                        : super.commit(txn);
            }
        });
        flaky.sweep();
        local.clock.advance(KEEP);
        flaky.sweep();
        assertThat(isDefined("orders")).isTrue();

        broken.set(false);
        flaky.sweep();
        assertThat(isDefined("orders")).isFalse();
    }

    private EmptyServices sweeper(Store store) {
        return new EmptyServices(store, KEEP, () -> local.clock.instant().toEpochMilli() * 1_000_000, meters);
    }

    private void pass(Duration time) {
        local.clock.advance(time);
        services.sweep();
    }

    private boolean isDefined(String service) {
        return new RegistryView(local.store.view()).findDefinition(key(service)).isPresent();
    }

    private void define(String service, boolean persistent) {
        definitions.define(EDITOR, key(service),
                new ServiceDefinition(0.5, "team", persistent, Map.of(), Map.of()));
    }

    private void register(String service) {
        catalog.register(EDITOR, instance(service), new Registration(new Endpoint("h", 1, false, Map.of()), null,
                InstanceStatus.UP, Traits.NONE, List.of()));
    }

    private static InstanceKey instance(String service) {
        return new InstanceKey(key(service), new InstanceId("i1"));
    }

    private static ServiceKey key(String service) {
        return new ServiceKey(NamespaceName.DEFAULT, new ServiceName(service));
    }
}
