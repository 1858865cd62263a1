package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final ServiceKey SERVICE = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final ServiceDefinitions definitions = new ServiceDefinitions(local.store, local.clock);
    private final Discovery discovery = new Discovery(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void findsWhatMayBeCalled() {
        registerOneOfEach();

        assertThat(select(healthy(null))).containsExactly("up", "warning");
        assertThat(select(Selection.ALL)).containsExactly("down", "draining", "out_of_service", "starting", "up",
                "warning");
        assertThatThrownBy(() -> discovery.select(APPLICATION,
                new ServiceKey(NamespaceName.DEFAULT, new ServiceName("none")), Selection.ALL))
                .isInstanceOf(ServiceNotFoundException.class);
    }

    @Test
    void givesAllThatAreMeantToServeWhenTooFewAreHealthy() {
        registerOneOfEach();
        define(0.67, Map.of());

        SelectedService selected = discovery.select(APPLICATION, SERVICE, healthy(null));

        assertThat(selected.protection()).isEqualTo(new Protection(0.67, 2, 3));
        assertThat(selected.protection().isActive()).isTrue();
        assertThat(ids(selected.instances())).containsExactly("down", "up", "warning");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, false", "0, 0, 5, false", "0.5, 5, 10, false", "0.5, 4, 10, true", "0.5, 0, 0, false",
            "1, 9, 10, true", "1, 10, 10, false", "0.001, 0, 10, true", "0.1, 1, 10, false"})
    void isProtectedWhenTheShareOfHealthyInstancesIsBelowTheThreshold(double threshold, int healthy, int serving,
            boolean active) {
        assertThat(new Protection(threshold, healthy, serving).isActive()).isEqualTo(active);
    }

    @Test
    void choosesByFilterAndSelector() {
        register("a", InstanceStatus.UP, "eu", "1.0", 1);
        register("b", InstanceStatus.UP, "eu", "2.0", 1);
        register("c", InstanceStatus.UP, "us", "2.0", 1);
        define(0, Map.of("new", "version like 2.*"));

        InstanceFilter inEurope = InstanceFilter.parse("filter", "zone == eu");
        assertThat(select(new Selection(false, inEurope, "new", InstanceOrder.BY_ID))).containsExactly("b");
        assertThatThrownBy(() -> select(new Selection(false, inEurope, "old", InstanceOrder.BY_ID)))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> {
                    assertThat(e.field()).isEqualTo("selector");
                    assertThat(e.expected()).contains("[new]");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
            id             : a b c d
            -id            : d c b a
            zone           : c a d b
            -zone          : a d c b
            weight         : b a d c
            -weight        : c a d b
            version        : a b c d
            status         : a b d c
            registered_at  : a b c d
            -registered_at : d c b a
            """)
    void orders(String sort, String expected) {
        register("a", InstanceStatus.UP, "us", null, 2);
        register("b", InstanceStatus.UP, null, null, 1);
        register("c", InstanceStatus.DOWN, "eu", null, 3);
        register("d", InstanceStatus.UP, "us", null, 2);

        assertThat(select(new Selection(false, InstanceFilter.EVERY, null, InstanceOrder.parse(sort))))
                .containsExactly(expected.split(" "));
    }

    @Test
    void refusesOrdersThatItDoesNotKnow() {
        for (String sort : List.of("", "-", "ID", "host", "--id", "id,zone")) {
            assertThatThrownBy(() -> InstanceOrder.parse(sort)).isInstanceOfSatisfying(InvalidArgumentException.class,
                    e -> assertThat(e.field()).isEqualTo("sort"));
        }
    }

    @Test
    void showsOneRevisionOnAllPages() {
        for (int i = 0; i < 25; i++) {
            register("i%02d".formatted(i), InstanceStatus.UP, "z" + i % 3, null, 1);
        }
        Selection byZone = new Selection(true, InstanceFilter.EVERY, null, InstanceOrder.parse("-zone"));
        List<String> expected = select(byZone);

        List<String> listed = new ArrayList<>();
        InstancePage page = discovery.list(APPLICATION, SERVICE, byZone, 10, null);
        long revision = page.revision();
        listed.addAll(ids(page.instances()));
        while (page.more()) {
            catalog.deregister(APPLICATION, new InstanceKey(SERVICE, page.instances().getLast().key().id()));
            page = discovery.list(APPLICATION, SERVICE, byZone, 10,
                    new InstancePage.Position(revision, page.instances().getLast().key().id()));
            assertThat(page.revision()).isEqualTo(revision);
            listed.addAll(ids(page.instances()));
        }

        assertThat(listed).isEqualTo(expected).hasSize(25);
        assertThatThrownBy(() -> discovery.list(APPLICATION, SERVICE, byZone, 10,
                new InstancePage.Position(revision, new InstanceId("none"))))
                .isInstanceOfSatisfying(InvalidArgumentException.class,
                        e -> assertThat(e.field()).isEqualTo("cursor"));
    }

    /** Every state of a service has a tag of its own, and the same state always the same. */
    @Test
    void tellsStatesApartByTheirTag() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, List<Object>> states = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            String id = "i" + random.nextInt(4);
            switch (random.nextInt(4)) {
                case 0, 1 -> register(id, InstanceStatus.UP, null, null, random.nextInt(3));
                case 2 -> {
                    if (catalog.findInstance(EDITOR, new InstanceKey(SERVICE, new InstanceId(id))).isPresent()) {
                        catalog.deregister(APPLICATION, new InstanceKey(SERVICE, new InstanceId(id)));
                    }
                }
                default -> {
                    if (new RegistryView(local.store.view()).findDefinition(SERVICE).isPresent()) {
                        definitions.remove(EDITOR, SERVICE);
                    } else {
                        define(0, Map.of());
                    }
                }
            }
            RegisteredService service = new RegistryView(local.store.view()).service(SERVICE);
            List<Object> state = new ArrayList<>(service.instances());
            if (service.defined() != null) {
                state.add(service.defined());
            }
            List<Object> before = states.putIfAbsent(service.tag(), state);
            assertThat(before == null || before.equals(state)).as("seed %d, step %d", seed, i).isTrue();
        }
    }

    private void registerOneOfEach() {
        for (InstanceStatus status : InstanceStatus.values()) {
            register(status.label(), status, null, null, 1);
        }
    }

    private void register(String id, InstanceStatus status, @Nullable String zone, @Nullable String version,
            double weight) {
        local.clock.advance(Duration.ofMillis(1));
        catalog.register(APPLICATION, new InstanceKey(SERVICE, new InstanceId(id)),
                new Registration(new Endpoint("h", 1, false, Map.of()), null, status,
                        new Traits(zone, null, version, List.of(), weight, Map.of()), List.of()));
    }

    private void define(double threshold, Map<String, String> selectors) {
        definitions.define(EDITOR, SERVICE, new ServiceDefinition(threshold, null, false, Map.of(), selectors));
    }

    private static Selection healthy(@Nullable String selector) {
        return new Selection(true, InstanceFilter.EVERY, selector, InstanceOrder.BY_ID);
    }

    private List<String> select(Selection selection) {
        return ids(discovery.select(APPLICATION, SERVICE, selection).instances());
    }

    private static List<String> ids(List<RegisteredInstance> instances) {
        return instances.stream().map(instance -> instance.key().id().value()).toList();
    }
}
