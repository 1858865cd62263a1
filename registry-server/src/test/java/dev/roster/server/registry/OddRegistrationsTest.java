package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when the same process registers twice, as something else, under another name, or too often. */
class OddRegistrationsTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Duration TTL = Duration.ofSeconds(30);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1),
            new RegistryRules(3, false));
    private final Discovery discovery = new Discovery(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void takesTwoIdsOfOneHostAndPortForTwoInstances() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RegistryCensus census = new RegistryCensus(local.store, meters);
        register("orders", "i1", "10.0.0.1", TTL);
        register("orders", "i2", "10.0.0.1", TTL);
        register("stock", "i1", "10.0.0.1", TTL);

        census.count();

        assertThat(found("orders")).containsExactly("i1", "i2");
        assertThat(meters.get("roster.registry.instances.duplicate").gauge().value())
                .as("the other service may well share the process").isEqualTo(1);

        catalog.deregister(EDITOR, key("orders", "i1"));
        assertThat(found("orders")).as("the other is not touched").containsExactly("i2");
        census.count();
        assertThat(meters.get("roster.registry.instances.duplicate").gauge().value()).isZero();
    }

    @Test
    void letsARegistrationReplaceEverythingThatWasSaidBefore() {
        register("orders", "i1", "10.0.0.1", TTL);
        register("orders", "i1", "10.0.0.2", null);

        local.pass(TTL.multipliedBy(2));

        assertThat(catalog.getInstance(EDITOR, key("orders", "i1"))).satisfies(instance -> {
            assertThat(instance.registration().endpoint().host()).isEqualTo("10.0.0.2");
            assertThat(instance.registration().isPersistent()).as("no lease of before takes it along").isTrue();
        });

        register("orders", "i1", "10.0.0.2", TTL);
        local.pass(TTL.plusSeconds(1));
        assertThat(catalog.findInstance(EDITOR, key("orders", "i1"))).as("it needs heartbeats again").isEmpty();
    }

    @Test
    void takesAnInstanceUnderAnotherNameForAnotherOne() {
        new ServiceDefinitions(local.store, local.clock).define(EDITOR, service("orders"),
                new ServiceDefinition(0.5, "team", false, Map.of(), Map.of()));
        register("orders", "i1", "10.0.0.1", TTL);
        new OperatorActions(local.store, local.clock).apply(EDITOR, key("orders", "i1"), new InstanceAction.Overrule(
                new OperatorOverride(InstanceStatus.DRAINING, null, Map.of(), "", "ann", local.clock.instant())));

        register("sales", "i1", "10.0.0.1", TTL);

        RegisteredInstance renamed = catalog.getInstance(EDITOR, key("sales", "i1"));
        assertThat(renamed.status()).as("the operator spoke of the other").isEqualTo(InstanceStatus.UP);
        assertThat(catalog.getService(EDITOR, service("sales")).definition()).isEqualTo(ServiceDefinition.DEFAULT);
        local.pass(TTL.minusSeconds(1));
        assertThat(found("orders")).as("until its time is over").containsExactly("i1");
        catalog.renew(EDITOR, key("sales", "i1"));
        local.pass(Duration.ofSeconds(2));
        assertThat(found("orders")).isEmpty();
        assertThat(found("sales")).containsExactly("i1");
    }

    @Test
    void writesTheTimeOfItsOwnClockAndDecidesNothingByIt() {
        register("orders", "i1", "10.0.0.1", TTL);
        local.clock.advance(Duration.ofHours(-1));

        register("orders", "i1", "10.0.0.2", TTL);

        assertThat(catalog.getInstance(EDITOR, key("orders", "i1"))).satisfies(instance -> {
            assertThat(instance.registration().endpoint().host()).as("the later one wins").isEqualTo("10.0.0.2");
            assertThat(instance.registeredAt()).isEqualTo(local.clock.instant());
            assertThat(instance.statusSince()).as("its status has not changed").isAfter(instance.registeredAt());
        });
    }

    @Test
    void takesNoMoreInstancesOfANamespaceThanOperatorsAllow() {
        register("a", "i1", "h", TTL);
        register("b", "i1", "h", TTL);
        register("c", "i1", "h", TTL);
        local.clock.advance(Duration.ofSeconds(3));

        assertThatThrownBy(() -> register("d", "i1", "h", TTL)).isInstanceOf(NamespaceFullException.class)
                .hasMessageContaining("3 instances");

        register("a", "i1", "other", TTL);
        catalog.renew(EDITOR, key("b", "i1"));
        catalog.deregister(EDITOR, key("c", "i1"));
        local.clock.advance(Duration.ofSeconds(3));
        register("d", "i1", "h", TTL);
        assertThat(found("d")).as("there is room again").containsExactly("i1");
    }

    private List<String> found(String service) {
        RegisteredService found = new RegistryView(local.store.view()).service(service(service));
        if (!found.exists() || found.instances().isEmpty()) {
            return List.of();
        }
        return discovery.select(EDITOR, service(service), Selection.ALL).instances().stream()
                .map(instance -> instance.key().id().value()).toList();
    }

    private void register(String service, String id, String host, @Nullable Duration ttl) {
        catalog.register(EDITOR, key(service, id), new Registration(new Endpoint(host, 8080, false, Map.of()), ttl,
                InstanceStatus.UP, Traits.NONE, List.of()));
    }

    private static InstanceKey key(String service, String id) {
        return new InstanceKey(service(service), new InstanceId(id));
    }

    private static ServiceKey service(String name) {
        return new ServiceKey(NamespaceName.DEFAULT, new ServiceName(name));
    }
}
