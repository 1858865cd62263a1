package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.LoadBalancing.Share;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadBalancingTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final ServiceKey SERVICE = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final ServiceDefinitions definitions = new ServiceDefinitions(local.store, local.clock);
    private final LoadBalancing balancing = new LoadBalancing(local.store, local.clock);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void givesEachItsWeight() {
        register("a", InstanceStatus.UP, null, 1);
        register("b", InstanceStatus.WARNING, null, 2.5);
        register("c", InstanceStatus.UP, null, 0);

        assertThat(weights(null)).containsExactly(Map.entry("a", 1.0), Map.entry("b", 2.5), Map.entry("c", 0.0));
    }

    @Test
    void leavesOutWhoIsNotToBeCalled() {
        for (InstanceStatus status : InstanceStatus.values()) {
            register(status.label(), status, null, 1);
        }

        assertThat(weights(null)).containsOnlyKeys("up", "warning");

        define(0.7, Duration.ofMinutes(1));
        local.clock.advance(Duration.ofSeconds(30));
        assertThat(table(null).protection().isActive()).isTrue();
        assertThat(weights(null)).as("one that is down has nothing to warm up").containsExactly(
                Map.entry("down", 1.0), Map.entry("up", 0.5), Map.entry("warning", 0.5));
    }

    @Test
    void prefersTheZoneOfTheCaller() {
        register("near", InstanceStatus.UP, "eu-1a", 1);
        register("far", InstanceStatus.UP, "eu-1b", 3);
        register("nowhere", InstanceStatus.UP, null, 3);

        assertThat(weights("eu-1a")).containsExactly(Map.entry("far", 0.0), Map.entry("near", 1.0),
                Map.entry("nowhere", 0.0));
        assertThat(table("eu-1a").zonePreferred()).isTrue();
        assertThat(table("eu-1c").zonePreferred()).isFalse();
        assertThat(weights("eu-1c")).containsExactly(Map.entry("far", 3.0), Map.entry("near", 1.0),
                Map.entry("nowhere", 3.0));
    }

    @Test
    void sendsToOtherZonesWhenTheOwnHasLostMoreThanHalfOfItsWeight() {
        register("n1", InstanceStatus.UP, "a", 1);
        register("n2", InstanceStatus.DOWN, "a", 1);
        register("n3", InstanceStatus.DRAINING, "a", 5);
        register("far", InstanceStatus.UP, "b", 1);
        assertThat(table("a").zonePreferred()).as("half is enough, and who drains does not count").isTrue();

        register("n2", InstanceStatus.DOWN, "a", 1.1);

        assertThat(table("a").zonePreferred()).isFalse();
        assertThat(weights("a")).containsExactly(Map.entry("far", 1.0), Map.entry("n1", 1.0));
    }

    @Test
    void sendsToOtherZonesWhenTheOwnHasNoWeight() {
        register("near", InstanceStatus.UP, "a", 0);
        register("far", InstanceStatus.UP, "b", 1);

        assertThat(weights("a")).containsExactly(Map.entry("far", 1.0), Map.entry("near", 0.0));
    }

    @Test
    void letsANewInstanceComeToItsWeightInSteps() {
        define(0, Duration.ofSeconds(100));
        register("a", InstanceStatus.UP, null, 2);
        Instant healthy = local.clock.instant();

        assertStep(0.2, healthy.plusSeconds(20));
        local.clock.advance(Duration.ofSeconds(19));
        assertStep(0.2, healthy.plusSeconds(20));
        local.clock.advance(Duration.ofSeconds(1));
        assertStep(0.4, healthy.plusSeconds(30));
        local.clock.advance(Duration.ofSeconds(35));
        assertStep(1.0, healthy.plusSeconds(60));
        local.clock.advance(Duration.ofSeconds(44));
        assertStep(1.8, healthy.plusSeconds(100));
        local.clock.advance(Duration.ofSeconds(1));
        assertStep(2.0, null);
    }

    @Test
    void beginsAnewAfterItWasUnableToServe() {
        define(0, Duration.ofSeconds(100));
        register("a", InstanceStatus.UP, null, 1);
        local.clock.advance(Duration.ofMinutes(5));
        register("a", InstanceStatus.WARNING, null, 1);
        assertThat(weights(null)).containsEntry("a", 1.0);

        register("a", InstanceStatus.DOWN, null, 1);
        register("a", InstanceStatus.UP, null, 1);

        assertThat(weights(null)).containsEntry("a", 0.1);
    }

    @Test
    void beginsWithATenthWhenTheClockOfTheOtherMemberIsAhead() {
        define(0, Duration.ofSeconds(100));
        register("a", InstanceStatus.UP, null, 1);
        RegisteredService service = new RegistryView(local.store.view()).service(SERVICE);

        LoadBalancingTable table = LoadBalancing.table(service, null, local.clock.instant().minusSeconds(60));

        assertThat(table.shares()).extracting(Share::weight).containsExactly(0.1);
    }

    @Test
    void sharesWithOtherZonesWhileTheOwnWarmsUp() {
        define(0, Duration.ofSeconds(100));
        register("far", InstanceStatus.UP, "b", 1);
        local.clock.advance(Duration.ofMinutes(5));
        register("near", InstanceStatus.UP, "a", 1);

        assertThat(weights("a")).containsExactly(Map.entry("far", 1.0), Map.entry("near", 0.1));
        local.clock.advance(Duration.ofSeconds(50));
        assertThat(weights("a")).containsExactly(Map.entry("far", 0.0), Map.entry("near", 0.5));
    }

    @Test
    void sendsNothingToOneThatFlaps() {
        register("a", InstanceStatus.UP, null, 1);
        register("b", InstanceStatus.UP, null, 1);
        flap("a");
        assertThat(weights(null)).containsExactly(Map.entry("b", 1.0));

        define(0.9, Duration.ZERO);

        assertThat(table(null).protection().isActive()).isTrue();
        assertThat(weights(null)).as("the last resort").containsExactly(Map.entry("a", 0.0), Map.entry("b", 1.0));
    }

    @Test
    void letsOneThatFlappedComeToItsWeightWhenItIsBack() {
        define(0, Duration.ofSeconds(100));
        register("a", InstanceStatus.UP, null, 1);
        flap("a");
        local.clock.advance(Duration.ofMinutes(1));
        assertThat(weights(null)).as("it is steady, and not let back yet").isEmpty();

        new InstanceHealth(local.store, local.clock, new Random(2)).settle(key("a"));

        assertStep(0.1, local.clock.instant().plusSeconds(20));
    }

    @Test
    void hasATagForEachTable() {
        define(0, Duration.ofSeconds(100));
        register("a", InstanceStatus.UP, null, 1);
        local.clock.advance(Duration.ofSeconds(15));
        register("b", InstanceStatus.UP, null, 1);
        Set<String> tags = new HashSet<>();
        Set<List<Double>> tables = new HashSet<>();
        for (int second = 0; second < 130; second++) {
            LoadBalancingTable table = table(null);
            tags.add(table.tag());
            tables.add(table.shares().stream().map(Share::weight).toList());
            assertThat(tags).as("at %d s", second).hasSameSizeAs(tables);
            local.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(tags).hasSizeGreaterThan(10);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> table(null)).isInstanceOf(ServiceNotFoundException.class);
        register("a", InstanceStatus.UP, null, 1);
        assertThatThrownBy(() -> table("x".repeat(64))).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("zone"));
        assertThatThrownBy(() -> define(0, Duration.ofMillis(999))).isInstanceOfSatisfying(
                InvalidArgumentException.class, e -> assertThat(e.field()).isEqualTo("slowStart"));
        assertThatThrownBy(() -> define(0, Duration.ofHours(1).plusNanos(1)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> define(0, Duration.ofSeconds(-1))).isInstanceOf(InvalidArgumentException.class);
    }

    private void assertStep(double weight, @Nullable Instant next) {
        assertThat(table(null).shares()).extracting(Share::weight).containsExactly(weight);
        assertThat(table(null).changesAt()).isEqualTo(next);
    }

    private LoadBalancingTable table(@Nullable String zone) {
        return balancing.table(APPLICATION, SERVICE, zone);
    }

    private Map<String, Double> weights(@Nullable String zone) {
        Map<String, Double> weights = new LinkedHashMap<>();
        table(zone).shares().forEach(share -> weights.put(share.instance().key().id().value(), share.weight()));
        return weights;
    }

    private void register(String id, InstanceStatus status, @Nullable String zone, double weight) {
        catalog.register(APPLICATION, key(id),
                new Registration(new Endpoint("h", 1, false, Map.of()), null, status,
                        new Traits(zone, null, null, List.of(), weight, Map.of()), List.of()));
    }

    private void flap(String id) {
        for (int i = 0; i < FlapRules.DEFAULT.changes() / 2; i++) {
            register(id, InstanceStatus.DOWN, null, 1);
            register(id, InstanceStatus.UP, null, 1);
        }
    }

    private static InstanceKey key(String id) {
        return new InstanceKey(SERVICE, new InstanceId(id));
    }

    private void define(double threshold, Duration slowStart) {
        definitions.define(EDITOR, SERVICE,
                new ServiceDefinition(threshold, null, false, Map.of(), Map.of(), slowStart, FlapRules.DEFAULT));
    }
}
