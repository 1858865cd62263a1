package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static final Duration TTL = Registration.DEFAULT_TTL;

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536, 70000})
    void refusesPortsThatTcpDoesNotHave(int port) {
        assertThatThrownBy(() -> new Registration("localhost", port, false, TTL, null, Map.of()))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> {
                    assertThat(e.field()).isEqualTo("port");
                    assertThat(e.value()).isEqualTo(Integer.toString(port));
                    assertThat(e.expected()).isEqualTo("1 to 65535");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT-5S", "P7D", "PT24H0.001S"})
    void refusesTimesToLiveOutOfRange(Duration ttl) {
        assertThatThrownBy(() -> new Registration("localhost", 80, false, ttl, null, Map.of()))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> {
                    assertThat(e.field()).isEqualTo("ttl");
                    assertThat(e.value()).isEqualTo(ttl.toString());
                    assertThat(e.expected()).contains("PT1S", "PT24H");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.1", "::1", "2001:db8::7", "orders-0.orders.default.svc.cluster.local",
            "my_container", "a", "xn--bcher-kva.example"})
    void acceptsHosts(String host) {
        assertThat(new Registration(host, 80, false, TTL, null, Map.of()).endpoint().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a-", "a..b", ".a", "a.", "10.0.0.256", "1.2.3", "[::1]",
            "fe80::1%eth0",
            ":::", "http://a", "a:80", "a/b", "büro", "a\n"})
    void refusesWhatIsNoHost(String host) {
        assertThatThrownBy(() -> new Registration(host, 80, false, TTL, null, Map.of()))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> assertThat(e.field()).isEqualTo("host"));
    }

    @Test
    void refusesOverlongHosts() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);

        assertThat(longest).hasSize(253);
        assertThat(HostName.isValid(longest)).isTrue();
        assertThat(HostName.isValid(longest + "a")).isFalse();
        assertThat(HostName.isValid("a".repeat(64))).isFalse();
    }

    @Test
    void boundsMetadata() {
        Map<String, String> full = new HashMap<>();
        for (int i = 0; i < FreeText.MAX_ENTRIES; i++) {
            full.put("name" + i, "x".repeat(FreeText.MAX_VALUE_CHARACTERS));
        }
        assertThat(new Registration("a", 80, false, TTL, null, full).traits().metadata()).hasSize(64);

        full.put("more", "");
        assertRefused(full, "metadata");
        assertRefused(Map.of("", "x"), "metadata");
        assertRefused(Map.of("a".repeat(64), "x"), "metadata");
        assertRefused(Map.of("a\u0000b", "x"), "metadata");
        assertRefused(Map.of("\uD800", "x"), "metadata");
        assertRefused(Map.of("a", "x".repeat(1025)), "metadata.a");
        assertRefused(Map.of("a", "x\uDC00"), "metadata.a");
    }

    @Test
    void boundsTheZone() {
        assertThat(new Registration("a", 80, false, TTL, "z".repeat(63), Map.of()).traits().zone()).hasSize(63);
        for (String zone : new String[]{"", " ", "z".repeat(64), "a\tb"}) {
            assertThatThrownBy(() -> new Registration("a", 80, false, TTL, zone, Map.of()))
                    .isInstanceOfSatisfying(InvalidArgumentException.class,
                            e -> assertThat(e.field()).isEqualTo("zone"));
        }
    }

    @Test
    void copiesMetadata() {
        Map<String, String> given = new HashMap<>(Map.of("a", "1"));
        Registration registration = new Registration("a", 80, false, TTL, null, given);

        given.put("b", "2");

        assertThat(registration.traits().metadata()).containsExactly(Map.entry("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a/b", "a!b", "a b", "ä", ".a", "a.", "a\n"})
    void refusesNamesOfAnyOtherForm(String name) {
        assertThatThrownBy(() -> new ServiceName(name)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("service"));
        assertThatThrownBy(() -> new InstanceId(name)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("id"));
    }

    @Test
    void boundsTheLengthOfNames() {
        assertThat(new ServiceName("a".repeat(128)).value()).hasSize(128);
        assertThat(new InstanceId("host:8080").value()).isEqualTo("host:8080");
        assertThatThrownBy(() -> new ServiceName("a".repeat(129))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new InstanceId("a".repeat(129))).isInstanceOf(InvalidArgumentException.class);
    }

    private static void assertRefused(Map<String, String> metadata, String field) {
        assertThatThrownBy(() -> new Registration("a", 80, false, TTL, null, metadata))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
