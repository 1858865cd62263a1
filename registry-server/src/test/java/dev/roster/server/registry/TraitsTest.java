package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.InvalidArgumentException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraitsTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 1, 10_000})
    void takesWeights(double weight) {
        assertThat(new Traits(null, null, null, List.of(), weight, Map.of()).weight()).isEqualTo(weight);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 10_000.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesOtherWeights(double weight) {
        assertRefused("weight", () -> new Traits(null, null, null, List.of(), weight, Map.of()));
    }

    @Test
    void ordersTagsAndKeepsEachOnce() {
        assertThat(new Traits(null, null, null, List.of("b", "a", "b"), 1, Map.of()).tags())
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void boundsTags() {
        List<String> most = IntStream.range(0, Traits.MAX_TAGS).mapToObj(Integer::toString).toList();
        List<String> more = IntStream.rangeClosed(0, Traits.MAX_TAGS).mapToObj(Integer::toString).toList();

        assertThat(new Traits(null, null, null, most, 1, Map.of()).tags()).hasSize(Traits.MAX_TAGS);
        assertRefused("tags", () -> new Traits(null, null, null, more, 1, Map.of()));
        assertRefused("tags", () -> new Traits(null, null, null, List.of(" "), 1, Map.of()));
        assertRefused("tags", () -> new Traits(null, null, null, List.of("x".repeat(64)), 1, Map.of()));
    }

    @Test
    void boundsNames() {
        assertRefused("cluster", () -> new Traits(null, "", null, List.of(), 1, Map.of()));
        assertRefused("version", () -> new Traits(null, null, "1\n2", List.of(), 1, Map.of()));
    }

    @Test
    void boundsFurtherPorts() {
        assertThat(new Endpoint("h", 1, false, Map.of("management.v2", 65535)).ports()).hasSize(1);
        assertRefused("ports.a", () -> new Endpoint("h", 1, false, Map.of("a", 0)));
        assertRefused("ports.a", () -> new Endpoint("h", 1, false, Map.of("a", 65536)));
        assertRefused("ports", () -> new Endpoint("h", 1, false, Map.of("a b", 1)));
        Map<String, Integer> many = new HashMap<>();
        IntStream.rangeClosed(0, Endpoint.MAX_PORTS).forEach(i -> many.put("p" + i, 1));
        assertRefused("ports", () -> new Endpoint("h", 1, false, many));
    }

    @Test
    void boundsDefinitions() {
        assertThat(new ServiceDefinition(1, "o".repeat(200), true, Map.of(), Map.of()).owner()).hasSize(200);
        assertRefused("protectionThreshold", () -> new ServiceDefinition(1.01, null, false, Map.of(), Map.of()));
        assertRefused("protectionThreshold", () -> new ServiceDefinition(-0.01, null, false, Map.of(), Map.of()));
        assertRefused("protectionThreshold", () -> new ServiceDefinition(Double.NaN, null, false, Map.of(), Map.of()));
        assertRefused("owner", () -> new ServiceDefinition(0, " ", false, Map.of(), Map.of()));
        assertRefused("owner", () -> new ServiceDefinition(0, "o".repeat(201), false, Map.of(), Map.of()));
        assertRefused("metadata", () -> new ServiceDefinition(0, null, false, Map.of("", ""), Map.of()));
    }

    @Test
    void refusesSelectorsThatAreNoFilters() {
        assertRefused("selectors.blue",
                () -> new ServiceDefinition(0, null, false, Map.of(), Map.of("blue", "track == blue")));
        assertRefused("selectors", () -> new ServiceDefinition(0, null, false, Map.of(), Map.of("a b", "healthy")));
        Map<String, String> many = new HashMap<>();
        IntStream.rangeClosed(0, ServiceDefinition.MAX_SELECTORS).forEach(i -> many.put("s" + i, "healthy"));
        assertRefused("selectors", () -> new ServiceDefinition(0, null, false, Map.of(), many));
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo(field));
    }
}
