package dev.roster.server.config.gray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrayStepTest {
    private static final Duration BAKE = Duration.ofMinutes(1);
    private static final String SALT = "default/orders/7";

    @Test
    void addsInstancesByName() {
        GrayStep step = new GrayStep(Set.of("orders-1"), List.of(), Map.of(), null, BAKE);

        assertThat(step.adds(client("orders-1", null), SALT)).isTrue();
        assertThat(step.adds(client("orders-2", "10.0.0.1"), SALT)).isFalse();
        assertThat(step.adds(client(null, "10.0.0.1"), SALT)).isFalse();
    }

    @Test
    void addsByAddress() {
        GrayStep step = new GrayStep(Set.of(), List.of("10.1.0.0/16", "192.168.0.7", "fd00:1::/32"), Map.of(), null,
                BAKE);

        assertThat(step.adds(client(null, "10.1.255.3"), SALT)).isTrue();
        assertThat(step.adds(client(null, "192.168.0.7"), SALT)).isTrue();
        assertThat(step.adds(client(null, "fd00:1:2::3"), SALT)).isTrue();
        assertThat(step.adds(client("a", "10.2.0.1"), SALT)).isFalse();
        assertThat(step.adds(client("a", "192.168.0.8"), SALT)).isFalse();
        assertThat(step.adds(client("a", "fd00:2::3"), SALT)).isFalse();
        assertThat(step.adds(client("a", null), SALT)).isFalse();
    }

    @Test
    void addsByAllLabelsTogether() {
        GrayStep step = new GrayStep(Set.of(), List.of(), Map.of("zone", "z1", "tier", "test"), null, BAKE);

        assertThat(step.adds(labelled(Map.of("zone", "z1", "tier", "test", "more", "x")), SALT)).isTrue();
        assertThat(step.adds(labelled(Map.of("zone", "z1")), SALT)).isFalse();
        assertThat(step.adds(labelled(Map.of("zone", "z2", "tier", "test")), SALT)).isFalse();
    }

    @Test
    void addsAPercentageOfThoseThatFit() {
        GrayStep step = new GrayStep(Set.of(), List.of(), Map.of("zone", "z1"), 50, BAKE);

        long added = IntStream.range(0, 1_000)
                .filter(i -> step.adds(new GrayClient("i-" + i, null, Map.of("zone", "z1")), SALT)).count();

        assertThat(added).isBetween(430L, 570L);
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> client("i-" + i, null)))
                .noneMatch(client -> step.adds(client, SALT));
        assertThat(step.adds(labelled(Map.of("zone", "z1")), SALT)).as("without an id").isFalse();
    }

    @Test
    void whoeverIsInAPercentageIsInEveryGreaterOne() {
        Set<String> before = Set.of();
        for (int percentage = 1; percentage <= 100; percentage++) {
            GrayStep step = new GrayStep(Set.of(), List.of(), Map.of(), percentage, BAKE);
            Set<String> now = IntStream.range(0, 500).mapToObj(i -> "orders-" + i)
                    .filter(id -> step.adds(client(id, null), SALT)).collect(Collectors.toSet());
            assertThat(now).containsAll(before);
            before = now;
        }
        assertThat(before).hasSize(500);
    }

    @Test
    void choosesOthersForAnotherRelease() {
        GrayStep step = new GrayStep(Set.of(), List.of(), Map.of(), 10, BAKE);

        Set<Integer> one = chosen(step, SALT);

        assertThat(one).hasSizeBetween(70, 130).isNotEqualTo(chosen(step, "default/orders/8"));
    }

    /** Every member and every version of the server has to compute the same. */
    @Test
    void keepsTheBuckets() {
        assertThat(List.of(Bucket.of(SALT, "orders-1"), Bucket.of(SALT, "orders-2"), Bucket.of(SALT, "orders-3"),
                Bucket.of("default/limits/2", "orders-1"))).isEqualTo(List.of(72, 22, 68, 76));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertField("percentage", () -> step(Set.of(), List.of(), Map.of(), null, BAKE));
        assertField("percentage", () -> step(Set.of(), List.of(), Map.of("a", "b"), 0, BAKE));
        assertField("percentage", () -> step(Set.of(), List.of(), Map.of(), 101, BAKE));
        assertField("percentage", () -> step(Set.of("a"), List.of(), Map.of(), -1, BAKE));
        assertField("instances", () -> step(Set.of("-"), List.of(), Map.of(), null, BAKE));
        assertField("instances", () -> step(IntStream.range(0, 101).mapToObj(i -> "i" + i)
                .collect(Collectors.toSet()), List.of(), Map.of(), null, BAKE));
        for (String address : List.of("10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "example.com", "", "fd00::/129")) {
            assertField("addresses", () -> step(Set.of(), List.of(address), Map.of(), null, BAKE));
        }
        assertField("addresses",
                () -> step(Set.of(), Collections.nCopies(51, "10.0.0.1"), Map.of(), null, BAKE));
        assertField("labels", () -> step(Set.of(), List.of(), Map.of("-", "b"), null, BAKE));
        assertField("labels", () -> step(Set.of(), List.of(), Map.of("a", "b".repeat(129)), null, BAKE));
        assertField("bake", () -> step(Set.of("a"), List.of(), Map.of(), null, Duration.ofSeconds(4)));
        assertField("bake", () -> step(Set.of("a"), List.of(), Map.of(), null, Duration.ofDays(31)));
        GrayStep good = step(Set.of("a"), List.of(), Map.of(), null, BAKE);
        assertField("steps", () -> new GrayPlan(List.of(), true, 0, 0, 0));
        assertField("steps", () -> new GrayPlan(Collections.nCopies(21, good), true, 0, 0, 0));
        assertField("minClients", () -> new GrayPlan(List.of(good), true, -1, 0, 0));
        assertField("maxErrorPercentage", () -> new GrayPlan(List.of(good), true, 0, 101, 0));
        assertField("maxUnhealthyPercentage", () -> new GrayPlan(List.of(good), true, 0, 0, -1));
        assertField("address", () -> client("a", "localhost"));
        assertField("instance", () -> client("a b", null));
        assertField("labels", () -> labelled(IntStream.range(0, 21).boxed()
                .collect(Collectors.toMap(i -> "l" + i, i -> ""))));
    }

    private static GrayStep step(Set<String> instances, List<String> addresses, Map<String, String> labels,
            @Nullable Integer percentage, Duration bake) {
        return new GrayStep(instances, addresses, labels, percentage, bake);
    }

    private static Set<Integer> chosen(GrayStep step, String salt) {
        Set<Integer> chosen = new HashSet<>();
        IntStream.range(0, 1_000).filter(i -> step.adds(client("i-" + i, null), salt)).forEach(chosen::add);
        return chosen;
    }

    private static GrayClient client(@Nullable String instance, @Nullable String address) {
        return new GrayClient(instance, address, Map.of());
    }

    private static GrayClient labelled(Map<String, String> labels) {
        return new GrayClient(null, null, labels);
    }

    private static void assertField(String field, Runnable make) {
        assertThatThrownBy(make::run).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo(field));
    }
}
