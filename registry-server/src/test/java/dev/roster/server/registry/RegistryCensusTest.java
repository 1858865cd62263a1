package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryCensusTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RegistryCensus census = new RegistryCensus(local.store, meters);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void countsServicesAndInstancesByStatus() {
        register("a", "orders", "i1", InstanceStatus.UP);
        register("a", "orders", "i2", InstanceStatus.DOWN);
        register("b", "orders", "i1", InstanceStatus.UP);
        new ServiceDefinitions(local.store, local.clock).define(EDITOR, key("a", "orders"),
                new ServiceDefinition(0.6, null, false, Map.of(), Map.of()));
        assertThat(gauge("roster.registry.services")).isZero();

        census.count();

        assertThat(gauge("roster.registry.services")).isEqualTo(2);
        assertThat(gauge("roster.registry.services.protected")).isEqualTo(1);
        assertThat(instances("up")).isEqualTo(2);
        assertThat(instances("down")).isEqualTo(1);
        assertThat(instances("starting")).isZero();

        census.count();
        assertThat(instances("down")).as("as it was").isEqualTo(1);

        register("a", "orders", "i2", InstanceStatus.UP);
        census.count();
        assertThat(gauge("roster.registry.services.protected")).isZero();
        assertThat(instances("down")).isZero();
    }

    @Test
    void countsInstancesThatFlap() {
        for (int i = 0; i < 3; i++) {
            register("a", "orders", "i1", InstanceStatus.DOWN);
            register("a", "orders", "i1", InstanceStatus.UP);
        }
        register("a", "orders", "i1", InstanceStatus.DOWN);
        register("a", "orders", "i2", InstanceStatus.UP);

        census.count();

        assertThat(gauge("roster.registry.instances.flapping")).isEqualTo(1);
    }

    private double instances(String status) {
        return meters.get("roster.registry.instances").tag("status", status).gauge().value();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private void register(String namespace, String service, String id, InstanceStatus status) {
        catalog.register(EDITOR, new InstanceKey(key(namespace, service), new InstanceId(id)),
                new Registration(new Endpoint("h", 1, false, Map.of()), null, status, Traits.NONE, List.of()));
    }

    private static ServiceKey key(String namespace, String service) {
        return new ServiceKey(new NamespaceName(namespace), new ServiceName(service));
    }
}
