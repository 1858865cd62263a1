package dev.roster.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceOverride;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.StatusSource;
import dev.roster.spring.discovery.RosterServiceInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultRequestContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** The choice among instances: tags, zones, weights and slow start. */
class LoadBalancingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static ServiceInstance instance(String id, String zone, Map<String, String> metadata) {
        return new RosterServiceInstance(new Instance("default", "stock", id, "h", 1, false, Duration.ofSeconds(30),
                zone, metadata, NOW.minusSeconds(3600), 1));
    }

    private static ServiceInstance weighing(String id, String weight) {
        return instance(id, null, Map.of("weight", weight));
    }

    private static ServiceInstance aged(String id, Duration age) {
        return new RosterServiceInstance(new Instance("default", "stock", id, "h", 1, false, Duration.ofSeconds(30),
                null, Map.of(), NOW.minus(age), 1));
    }

    private static ServiceInstanceListSupplier supplier(List<ServiceInstance> instances) {
        return new ServiceInstanceListSupplier() {
            @Override
            public String getServiceId() {
                return "stock";
            }

            @Override
            public Flux<List<ServiceInstance>> get() {
                return Flux.just(instances);
            }
        };
    }

    private static List<String> preferred(List<ServiceInstance> all, Set<String> tags, String zone) {
        PreferredInstances preferred = new PreferredInstances(supplier(all), tags, zone);
        List<String> ids = ids(preferred.get());
        assertThat(ids(preferred.get(new DefaultRequest<>(new DefaultRequestContext())))).isEqualTo(ids);
        return ids;
    }

    private static List<String> ids(Flux<List<ServiceInstance>> instances) {
        return instances.blockFirst().stream().map(ServiceInstance::getInstanceId).toList();
    }

    private static WeightedLoadBalancer balancer(List<ServiceInstance> instances, DoubleSupplier random) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("supplier", supplier(instances));
        return new WeightedLoadBalancer(beans.getBeanProvider(ServiceInstanceListSupplier.class), "stock",
                new InstanceWeights(Duration.ofSeconds(60), InstantSource.fixed(NOW)), random);
    }

    private static String choose(WeightedLoadBalancer balancer) {
        Response<ServiceInstance> response = balancer.choose(new DefaultRequest<>(new DefaultRequestContext())).block();
        return response.hasServer() ? response.getServer().getInstanceId() : null;
    }

    private static DoubleSupplier drawing(double... values) {
        Queue<Double> left = new ArrayDeque<>();
        for (double value : values) {
            left.add(value);
        }
        return left::remove;
    }

    private final List<ServiceInstance> zones = List.of(instance("a", "east", Map.of()),
            instance("b", "west", Map.of("tags", "canary,ssd")), instance("c", "East", Map.of("tags", "ssd")),
            instance("d", null, Map.of()));

    @Test
    void prefersTheOwnZoneWhileItHasInstances() {
        assertThat(preferred(zones, Set.of(), "east")).containsExactly("a", "c");
        assertThat(preferred(zones, Set.of(), "north")).containsExactly("a", "b", "c", "d");
        assertThat(preferred(zones, Set.of(), null)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void requiresTagsWhateverTheZone() {
        assertThat(preferred(zones, Set.of("ssd"), null)).containsExactly("b", "c");
        assertThat(preferred(zones, Set.of("ssd", "canary"), "east")).containsExactly("b");
        assertThat(preferred(zones, Set.of("nvme"), "east")).isEmpty();
    }

    @Test
    void takesInstancesOfEqualWeightInTurn() {
        WeightedLoadBalancer balancer = balancer(List.of(weighing("a", "3"), weighing("b", "3")), drawing());

        String first = choose(balancer);
        String second = choose(balancer);

        assertThat(List.of(first, second)).containsExactlyInAnyOrder("a", "b");
        assertThat(choose(balancer)).isEqualTo(first);
    }

    @Test
    void drawsInProportionToTheWeights() {
        WeightedLoadBalancer balancer = balancer(List.of(weighing("a", "1"), weighing("b", "3")),
                drawing(0, 0.249, 0.25, 0.999999));

        assertThat(List.of(choose(balancer), choose(balancer), choose(balancer), choose(balancer)))
                .containsExactly("a", "a", "b", "b");
    }

    @Test
    void givesEachInstanceItsShare() {
        long seed = new Random().nextLong();
        WeightedLoadBalancer balancer = balancer(List.of(weighing("a", "1"), weighing("b", "2"), weighing("c", "7")),
                new Random(seed)::nextDouble);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(choose(balancer), 1, Integer::sum);
        }

        assertThat(counts.get("a")).as("seed %d", seed).isBetween(850, 1150);
        assertThat(counts.get("b")).as("seed %d", seed).isBetween(1800, 2200);
        assertThat(counts.get("c")).as("seed %d", seed).isBetween(6750, 7250);
    }

    @Test
    void sparesInstancesOfWeightZeroWhileThereAreOthers() {
        WeightedLoadBalancer mixed = balancer(List.of(weighing("a", "0"), weighing("b", "1"), weighing("c", "0")),
                drawing(0, 0.5, 0.999999));
        assertThat(List.of(choose(mixed), choose(mixed), choose(mixed))).containsOnly("b");

        WeightedLoadBalancer all = balancer(List.of(weighing("a", "0"), weighing("b", "0")), drawing());
        assertThat(List.of(choose(all), choose(all))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void countsAWeightThatIsNoneAsOne() {
        InstanceWeights weights = new InstanceWeights(Duration.ZERO, InstantSource.fixed(NOW));

        assertThat(weights.of(List.of(weighing("a", "heavy"), weighing("b", "-1"), weighing("c", "NaN"),
                instance("d", null, Map.of()), weighing("e", "2.5")))).containsExactly(1, 1, 1, 1, 2.5);
    }

    @Test
    void countsTheWeightOfAnOperatorBeforeThatOfTheMetadataBeforeThatOfTheRegistration() {
        InstanceWeights weights = new InstanceWeights(Duration.ZERO, InstantSource.fixed(NOW));

        assertThat(weights.of(List.of(registered(3, Map.of(), null), registered(3, Map.of("weight", "5"), null),
                registered(7, Map.of("weight", "5"), 7.0), registered(0, Map.of(), 0.0)))).containsExactly(3, 5, 7, 0);
    }

    private static ServiceInstance registered(double weight, Map<String, String> metadata, Double override) {
        return new RosterServiceInstance(new Instance("default", "stock", "a", "h", 1, false, Map.of(),
                Duration.ofSeconds(30), InstanceStatus.UP, StatusSource.REGISTERED, NOW, false, 0, null, null, null,
                List.of(), weight, metadata, List.of(),
                override == null ? null : new InstanceOverride(null, override, Map.of(), "", "eve", NOW), null, NOW,
                1));
    }

    @Test
    void bringsNewInstancesInSlowly() {
        InstanceWeights weights = new InstanceWeights(Duration.ofSeconds(60), InstantSource.fixed(NOW));

        assertThat(weights.of(List.of(aged("ahead of our clock", Duration.ofSeconds(-5)), aged("new", Duration.ZERO),
                aged("half", Duration.ofSeconds(30)), aged("ripe", Duration.ofSeconds(60)))))
                .containsExactly(0.1, 0.1, 0.5, 1);
    }

    @Test
    void choosesNothingWhenThereIsNothing() {
        assertThat(choose(balancer(new ArrayList<>(), drawing()))).isNull();
        assertThat(choose(balancer(List.of(weighing("only", "0")), drawing()))).isEqualTo("only");
    }
}
