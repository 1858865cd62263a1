package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionCompactedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceCatalogTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller READER = Callers.of(Role.READER);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final ServiceDefinitions definitions = new ServiceDefinitions(local.store, local.clock);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void findsWhatWasRegistered() {
        Registration registration = new Registration("10.0.0.7", 8080, true, TTL, "zone-a",
                Map.of("version", "1.2", "empty", ""));

        Registered registered = catalog.register(APPLICATION, key("orders", "i1"), registration);

        assertThat(registered.replaced()).isFalse();
        assertThat(registered.instance()).isEqualTo(new RegisteredInstance(key("orders", "i1"), registration, List.of(),
                Interventions.NONE, local.clock.instant(), local.clock.instant(), local.clock.instant(),
                Stability.STEADY, local.revision()));
        assertThat(catalog.getInstance(READER, key("orders", "i1"))).isEqualTo(registered.instance());
        assertThat(catalog.getService(READER, service("orders")).instances()).containsExactly(registered.instance());
    }

    @Test
    void replacesAnInstanceOfTheSameId() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));

        Registered again = catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.2"));

        assertThat(again.replaced()).isTrue();
        assertThat(catalog.getInstance(READER, key("orders", "i1")).registration().endpoint().host())
                .isEqualTo("10.0.0.2");
        assertThat(local.leases()).as("the lease of the first registration is over").isEqualTo(1);
    }

    @Test
    void letsAnInstanceGoWhenItsTimeIsOver() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));

        local.pass(TTL.minusMillis(1));
        assertThat(catalog.findInstance(READER, key("orders", "i1"))).isPresent();

        local.pass(Duration.ofMillis(1));
        assertThat(catalog.findInstance(READER, key("orders", "i1"))).isEmpty();
        assertThat(local.leases()).isZero();
    }

    @Test
    void keepsAnInstanceThatRenews() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        long revision = local.revision();

        for (int i = 0; i < 10; i++) {
            local.pass(TTL.minusSeconds(1));
            catalog.renew(APPLICATION, key("orders", "i1"));
        }

        assertThat(catalog.findInstance(READER, key("orders", "i1"))).isPresent();
        assertThat(local.revision()).as("a heartbeat writes nothing").isEqualTo(revision);
    }

    @Test
    void tellsAnInstanceThatItIsGone() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        local.pass(TTL);

        assertThatThrownBy(() -> catalog.renew(APPLICATION, key("orders", "i1")))
                .isInstanceOfSatisfying(InstanceNotFoundException.class,
                        e -> assertThat(e.instance()).isEqualTo(key("orders", "i1")));
    }

    @Test
    void deregistersAtOnce() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));

        long revision = catalog.deregister(APPLICATION, key("orders", "i1"));

        assertThat(revision).isEqualTo(local.revision());
        assertThat(catalog.findInstance(READER, key("orders", "i1"))).isEmpty();
        assertThat(local.leases()).isZero();
        assertThatThrownBy(() -> catalog.deregister(APPLICATION, key("orders", "i1")))
                .isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void hasNoServiceWithoutInstances() {
        assertThatThrownBy(() -> catalog.getService(READER, service("orders")))
                .isInstanceOfSatisfying(ServiceNotFoundException.class,
                        e -> assertThat(e.service()).isEqualTo(service("orders")));
        assertThatThrownBy(() -> catalog.getInstance(READER, key("orders", "i1")))
                .isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void keepsAPersistentInstanceWithoutHeartbeats() {
        catalog.register(APPLICATION, key("orders", "i1"), persistent());

        local.pass(Duration.ofDays(30));
        catalog.renew(APPLICATION, key("orders", "i1"));

        assertThat(catalog.getInstance(READER, key("orders", "i1")).registration().isPersistent()).isTrue();
        assertThat(local.leases()).isZero();
        catalog.deregister(APPLICATION, key("orders", "i1"));
        assertThat(catalog.findInstance(READER, key("orders", "i1"))).isEmpty();
    }

    @Test
    void letsARegistrationChangeWhetherTheInstanceIsPersistent() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        catalog.register(APPLICATION, key("orders", "i1"), persistent());
        assertThat(local.leases()).isZero();

        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        assertThat(local.leases()).isEqualTo(1);
        local.pass(TTL);
        assertThat(catalog.findInstance(READER, key("orders", "i1"))).isEmpty();
    }

    @Test
    void tellsSinceWhenAnInstanceHasItsStatus() {
        Instant first = local.clock.instant();
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        local.pass(Duration.ofSeconds(1));

        RegisteredInstance again = catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.2")).instance();
        assertThat(again.statusSince()).isEqualTo(first);
        assertThat(again.registeredAt()).isEqualTo(first.plusSeconds(1));

        Registration starting = new Registration(new Endpoint("h", 1, false, Map.of()), TTL, InstanceStatus.STARTING,
                Traits.NONE, List.of());
        assertThat(catalog.register(APPLICATION, key("orders", "i1"), starting).instance().statusSince())
                .isEqualTo(first.plusSeconds(1));
    }

    @Test
    void hasAServiceThatIsDefinedThoughItHasNoInstance() {
        ServiceDefinition definition = new ServiceDefinition(0.5, "team", true, Map.of("tier", "gold"),
                Map.of("blue", "metadata.track == blue"));

        ServiceDefinitions.Defined defined = definitions.define(EDITOR, service("orders"), definition);

        assertThat(defined.replaced()).isFalse();
        assertThat(defined.service()).isEqualTo(new DefinedService(service("orders"), definition, "the-editor",
                local.clock.instant(), local.revision()));
        assertThat(definitions.get(READER, service("orders"))).isEqualTo(defined.service());
        assertThat(catalog.getService(READER, service("orders")).defined()).isEqualTo(defined.service());
        assertThat(catalog.getService(READER, service("orders")).instances()).isEmpty();
        assertThat(page("", 10, null).services())
                .containsExactly(new ServicePage.Entry(service("orders"), 0, 0, definition,
                        new Protection(0.5, 0, 0)));
        assertThat(definitions.define(EDITOR, service("orders"), ServiceDefinition.DEFAULT).replaced()).isTrue();
    }

    @Test
    void keepsInstancesWhenTheDefinitionIsTakenBack() {
        definitions.define(EDITOR, service("orders"), ServiceDefinition.DEFAULT);
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));

        assertThat(definitions.remove(EDITOR, service("orders"))).isEqualTo(local.revision());

        assertThat(catalog.getService(READER, service("orders")).instances()).hasSize(1);
        assertThatThrownBy(() -> definitions.get(READER, service("orders")))
                .isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(() -> definitions.remove(EDITOR, service("orders")))
                .isInstanceOf(ServiceNotFoundException.class);
    }

    @Test
    void countsTheInstancesThatAreHealthy() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        catalog.register(APPLICATION, key("orders", "i2"), new Registration(
                new Endpoint("h", 1, false, Map.of()), TTL, InstanceStatus.DOWN, Traits.NONE, List.of()));

        assertThat(page("", 10, null).services())
                .containsExactly(new ServicePage.Entry(service("orders"), 2, 1, ServiceDefinition.DEFAULT,
                        new Protection(0, 1, 2)));
    }

    @Test
    void keepsServicesApartWhoseNamesBeginAlike() {
        for (String name : List.of("orders", "orders-archive", "orders.v2", "Orders")) {
            catalog.register(APPLICATION, key(name, "i1"), at("10.0.0.1"));
        }
        catalog.register(APPLICATION, key("orders", "i2"), at("10.0.0.2"));

        assertThat(catalog.getService(READER, service("orders")).instances()).extracting(i -> i.key().id().value())
                .containsExactly("i1", "i2");
        assertThat(names(page("", 100, null))).containsExactly("Orders", "orders", "orders-archive", "orders.v2");
        assertThat(page("", 100, null).services().get(1).instances()).isEqualTo(2);
        assertThat(names(page("orders-", 100, null))).containsExactly("orders-archive");
        assertThat(names(page("x", 100, null))).isEmpty();
    }

    @Test
    void keepsNamespacesApart() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        InstanceKey elsewhere = new InstanceKey(
                new ServiceKey(new NamespaceName("default-2"), new ServiceName("orders")), new InstanceId("i1"));
        catalog.register(APPLICATION, elsewhere, at("10.0.0.2"));

        assertThat(catalog.getService(READER, service("orders")).instances()).hasSize(1);
        assertThat(new RegistryView(local.store.view()).namespaces())
                .containsExactly(NamespaceName.DEFAULT, new NamespaceName("default-2"));
    }

    @Test
    void showsOneRevisionOnAllPages() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            names.add("service-%02d".formatted(i));
            catalog.register(APPLICATION, key(names.getLast(), "i1"), at("10.0.0.1"));
        }
        ServicePage first = page("", 10, null);
        catalog.deregister(APPLICATION, key("service-15", "i1"));
        catalog.register(APPLICATION, key("service-12a", "i1"), at("10.0.0.1"));

        List<String> listed = new ArrayList<>(names(first));
        ServicePage last = first;
        while (last.more()) {
            last = page("", 10, new ServicePage.Position(first.revision(), last.services().getLast().key().name()));
            listed.addAll(names(last));
        }

        assertThat(listed).isEqualTo(names);
        assertThat(last.revision()).isEqualTo(first.revision());
    }

    @Test
    void refusesAPageWhoseRevisionIsNoLongerKept() {
        catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.1"));
        long early = local.revision();
        catalog.register(APPLICATION, key("orders", "i2"), at("10.0.0.1"));
        Outcome.await(local.store.compact(new Compact(new Revision(local.revision()))));

        assertThatThrownBy(() -> page("", 10, new ServicePage.Position(early, new ServiceName("a"))))
                .isInstanceOf(RevisionCompactedException.class);
    }

    @Test
    void refusesAPrefixThatIsNoName() {
        assertThatThrownBy(() -> page("a/b", 10, null)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("prefix"));
    }

    @Test
    void refusesMoreInstancesThanAServiceMayHave() {
        for (int i = 0; i < ServiceCatalog.MAX_INSTANCES; i++) {
            catalog.register(APPLICATION, key("orders", "i" + i), at("10.0.0.1"));
        }
        long revision = local.revision();

        assertThatThrownBy(() -> catalog.register(APPLICATION, key("orders", "more"), at("10.0.0.1")))
                .isInstanceOf(ServiceFullException.class);

        assertThat(local.revision()).isEqualTo(revision);
        assertThat(catalog.register(APPLICATION, key("orders", "i1"), at("10.0.0.2")).replaced()).isTrue();
        assertThat(catalog.getService(READER, service("orders")).instances()).hasSize(ServiceCatalog.MAX_INSTANCES);
    }

    @Test
    void demandsARoleForChanges() {
        assertThatThrownBy(() -> catalog.register(READER, key("orders", "i1"), at("10.0.0.1")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> catalog.renew(READER, key("orders", "i1"))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> catalog.deregister(READER, key("orders", "i1")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> definitions.define(APPLICATION, service("orders"), ServiceDefinition.DEFAULT))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> definitions.remove(APPLICATION, service("orders")))
                .isInstanceOf(ForbiddenException.class);
        assertThat(local.revision()).isZero();
    }

    private ServicePage page(String prefix, int limit, ServicePage.Position from) {
        return catalog.listServices(READER, NamespaceName.DEFAULT, prefix, limit, from);
    }

    private static List<String> names(ServicePage page) {
        return page.services().stream().map(entry -> entry.key().name().value()).toList();
    }

    private static Registration at(String host) {
        return new Registration(host, 8080, false, TTL, null, Map.of());
    }

    private static Registration persistent() {
        return new Registration(new Endpoint("10.0.0.1", 8080, false, Map.of()), null, InstanceStatus.UP, Traits.NONE,
                List.of());
    }

    private static ServiceKey service(String name) {
        return new ServiceKey(NamespaceName.DEFAULT, new ServiceName(name));
    }

    private static InstanceKey key(String service, String id) {
        return new InstanceKey(service(service), new InstanceId(id));
    }
}
