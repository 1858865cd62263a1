package dev.roster.spring.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.api.registry.InstanceRegistration;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.cloud.commons.util.InetUtilsProperties;
import org.springframework.mock.env.MockEnvironment;

/** What an application registers of itself. */
class RegistrationFactoryTest {
    private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "orders");

    private RosterRegistration create(RosterRegistrationCustomizer... customizers) {
        try (InetUtils network = new FoundNetwork()) {
            return new RegistrationFactory(
                    Binder.get(environment).bindOrCreate("roster.discovery", RosterDiscoveryProperties.class),
                    environment, network, List.of(customizers)).create();
        }
    }

    private RegistrationFactoryTest with(String name, String value) {
        environment.setProperty("roster.discovery." + name, value);
        return this;
    }

    @Test
    void takesNameAndAddressFromTheApplicationAndItsNetwork() {
        RosterRegistration registration = create();

        assertThat(registration.getServiceId()).isEqualTo("orders");
        assertThat(registration.getHost()).isEqualTo("192.0.2.7");
        assertThat(registration.getMetadata()).isEmpty();
    }

    @Test
    void prefersTheHostNameIfTold() {
        assertThat(with("prefer-hostname", "true").create().getHost()).isEqualTo("found.example.org");
    }

    @Test
    void prefersTheHostGivenToEverythingFound() {
        assertThat(with("host", "given.example.org").with("prefer-hostname", "true").create().getHost())
                .isEqualTo("given.example.org");
    }

    @Test
    void takesTheAddressOfANetworkInterface() throws Exception {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getName();

        assertThat(with("network-interface", loopback).create().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void refusesANetworkInterfaceThatIsNotThere() {
        assertThatThrownBy(() -> with("network-interface", "none9").create())
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("roster.discovery.network-interface").hasMessageContaining("none9");
    }

    @Test
    void refusesBothHostAndNetworkInterface() {
        assertThatThrownBy(() -> with("network-interface", "lo").with("host", "h").create())
                .isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class);
    }

    @Test
    void tellsWeightTagsAndPortsInTheMetadata() {
        RosterRegistration registration = with("weight", "5").with("tags", "canary,ssd").with("ports.grpc", "9090")
                .with("metadata.team", "blue").with("zone", "east").create();

        assertThat(registration.getMetadata()).isEqualTo(
                Map.of("weight", "5", "tags", "canary,ssd", "port.grpc", "9090", "team", "blue", "zone", "east"));
    }

    @Test
    void tellsRosterWeightTagsAndPortsInFieldsOfTheirOwn() {
        InstanceRegistration request = with("weight", "5").with("tags", "canary,ssd").with("ports.grpc", "9090")
                .create().toRequest();

        assertThat(request.weight()).isEqualTo(5);
        assertThat(request.tags()).containsExactly("canary", "ssd");
        assertThat(request.ports()).isEqualTo(Map.of("grpc", 9090));
        assertThat(new RegistrationFactoryTest().create().toRequest().weight()).as("left to Roster").isNull();
    }

    @Test
    void keepsWhatNoFieldTakesInTheMetadata() {
        RosterRegistration registration = create(metadata -> metadata.putAll(Map.of("weight", "heavy", "tags", "a,,a, ",
                "port.x/y", "1", "port.no", "none", "port.big", "65536", "port.", "1")));

        assertThat(registration.toRequest()).satisfies(request -> {
            assertThat(request.weight()).isNull();
            assertThat(request.tags()).containsExactly("a");
            assertThat(request.ports()).isEmpty();
            assertThat(request.metadata()).hasSize(6).containsEntry("weight", "heavy");
        });
        assertThat(create(metadata -> metadata.put("weight", "10001")).toRequest().weight()).isNull();
    }

    @Test
    void tellsWhereManagementIs() {
        environment.withProperty("server.port", "8080").withProperty("management.server.port", "8081")
                .withProperty("management.server.base-path", "/m")
                .withProperty("management.endpoints.web.base-path", "/manage");

        assertThat(create().getMetadata()).containsEntry("management.port", "8081")
                .containsEntry("management.context-path", "/m/manage");
        assertThat(with("management-port", "18081").create().getMetadata()).containsEntry("management.port", "18081");
    }

    @Test
    void tellsThePathOfManagementOnTheSamePort() {
        environment.withProperty("server.servlet.context-path", "/shop");

        assertThat(create().getMetadata()).isEqualTo(Map.of("management.context-path", "/shop/actuator"));
    }

    @Test
    void letsCustomizersHaveTheLastWord() {
        with("weight", "5").with("metadata.a", "1");

        RosterRegistration registration = create(metadata -> metadata.put("weight", "7"),
                metadata -> metadata.remove("a"));

        assertThat(registration.getMetadata()).isEqualTo(Map.of("weight", "7"));
        assertThat(registration.toRequest().weight()).isEqualTo(7);
    }

    @Test
    void usesTlsIfTheWebServerDoes() {
        assertThat(create().isSecure()).isFalse();
        environment.setProperty("server.ssl.bundle", "web");
        assertThat(create().isSecure()).isTrue();
        assertThat(with("secure", "false").create().isSecure()).isFalse();
    }

    @Test
    void refusesValuesOutOfRangeAndSaysWhatIsExpected() {
        assertRefused("ttl", "500ms", "roster.discovery.ttl: expected PT1S to PT24H, got PT0.5S");
        assertRefused("drain", "-1s", "roster.discovery.drain: expected PT0S to PT5M, got PT-1S");
        assertRefused("port", "0", "roster.discovery.port: expected 1 to 65535, got 0");
        assertRefused("ports.grpc", "65536", "roster.discovery.ports.grpc: expected 1 to 65535, got 65536");
        assertRefused("weight", "-1", "roster.discovery.weight: expected 0 to 10000, got -1");
        assertRefused("health.failures", "0", "roster.discovery.health.failures: expected 1 to 1000, got 0");
        assertThatThrownBy(() -> with("tags", "a b").create()).hasMessageContaining("got 'a b'");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> new RegistrationFactoryTest().with(name, value).create())
                .isInstanceOf(BindException.class).rootCause().hasMessage(message);
    }

    private static final class FoundNetwork extends InetUtils {
        FoundNetwork() {
            super(new InetUtilsProperties());
        }

        @Override
        public HostInfo findFirstNonLoopbackHostInfo() {
            HostInfo found = new HostInfo("found.example.org");
            found.setIpAddress("192.0.2.7");
            return found;
        }
    }
}
