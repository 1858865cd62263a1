package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.spring.client.RosterClientProperties;
import dev.roster.spring.config.RosterConfigProperties;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import dev.roster.spring.loadbalancer.RosterLoadBalancerProperties;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Defaults and names of the properties. */
class PropertiesTest {

    @Test
    void usesTheDefaultsThatTheDocumentsSay() {
        Binder nothing = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(nothing.bindOrCreate("roster.client", RosterClientProperties.class))
                .isEqualTo(new RosterClientProperties());
        assertThat(nothing.bindOrCreate("roster.discovery", RosterDiscoveryProperties.class))
                .isEqualTo(new RosterDiscoveryProperties());
        assertThat(nothing.bindOrCreate("roster.load-balancer", RosterLoadBalancerProperties.class))
                .isEqualTo(new RosterLoadBalancerProperties());
        assertThat(nothing.bindOrCreate("roster.config", RosterConfigProperties.class))
                .isEqualTo(new RosterConfigProperties());
    }

    @Test
    void bindsEveryProperty() {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.ofEntries(
                Map.entry("roster.client.enabled", "false"),
                Map.entry("roster.client.addresses", "http://a:1,https://b:2"),
                Map.entry("roster.client.namespace", "n"), Map.entry("roster.client.token", "rst_x"),
                Map.entry("roster.client.token-file", "/t"), Map.entry("roster.client.username", "u"),
                Map.entry("roster.client.password", "p"), Map.entry("roster.client.ssl-bundle", "b"),
                Map.entry("roster.client.proxy", "http://p:3"), Map.entry("roster.client.connect-timeout", "1s"),
                Map.entry("roster.client.request-timeout", "3s"), Map.entry("roster.client.retry-for", "4s"),
                Map.entry("roster.client.last-good.enabled", "false"),
                Map.entry("roster.client.last-good.directory", "/d"),
                Map.entry("roster.discovery.service-name", "s"), Map.entry("roster.discovery.instance-id", "i"),
                Map.entry("roster.discovery.host", "h"), Map.entry("roster.discovery.prefer-hostname", "true"),
                Map.entry("roster.discovery.network-interface", "e"),
                Map.entry("roster.discovery.port", "5"), Map.entry("roster.discovery.management-port", "6"),
                Map.entry("roster.discovery.ports.grpc", "7"), Map.entry("roster.discovery.secure", "true"),
                Map.entry("roster.discovery.weight", "8"), Map.entry("roster.discovery.tags", "x,y"),
                Map.entry("roster.discovery.drain", "9s"), Map.entry("roster.discovery.drain-timeout", "11s"),
                Map.entry("roster.discovery.health.enabled", "false"),
                Map.entry("roster.discovery.health.group", "g"), Map.entry("roster.discovery.health.interval", "1m"),
                Map.entry("roster.discovery.health.failures", "3"), Map.entry("roster.load-balancer.enabled", "false"),
                Map.entry("roster.load-balancer.prefer-zone", "false"),
                Map.entry("roster.load-balancer.slow-start", "5s"),
                Map.entry("roster.load-balancer.tags.stock", "a,b"),
                Map.entry("roster.discovery.ttl", "6s"), Map.entry("roster.discovery.zone", "z"),
                Map.entry("roster.discovery.metadata.k", "v"), Map.entry("roster.discovery.lookup-timeout", "7s"),
                Map.entry("roster.discovery.names-interval", "8s"),
                Map.entry("roster.discovery.order", "8"), Map.entry("roster.discovery.enabled", "false"),
                Map.entry("roster.discovery.register", "false"), Map.entry("roster.config.enabled", "false"),
                Map.entry("roster.config.name", "c"), Map.entry("roster.config.timeout", "9s"),
                Map.entry("roster.config.instance-id", "j"), Map.entry("roster.config.labels.tier", "x"),
                Map.entry("roster.config.reports.enabled", "false"),
                Map.entry("roster.config.refresh.enabled", "false"))));

        assertThat(binder.bind("roster.client", RosterClientProperties.class).get()).isEqualTo(
                new RosterClientProperties(false,
                        List.of(URI.create("http://a:1"), URI.create("https://b:2")), "n",
                        "rst_x", Path.of("/t"), "u", "p", "b", URI.create("http://p:3"), Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4), new RosterClientProperties.LastGood(false, Path.of("/d"))));
        assertThat(binder.bind("roster.discovery", RosterDiscoveryProperties.class).get())
                .isEqualTo(new RosterDiscoveryProperties(false, false, "s", "i", "h", true, "e", 5, 6,
                        Map.of("grpc", 7), true, Duration.ofSeconds(6), "z", 8, List.of("x", "y"), Map.of("k", "v"),
                        Duration.ofSeconds(9), Duration.ofSeconds(11),
                        new RosterDiscoveryProperties.Health(false, "g", Duration.ofMinutes(1), 3),
                        Duration.ofSeconds(7), Duration.ofSeconds(8), 8));
        assertThat(binder.bind("roster.load-balancer", RosterLoadBalancerProperties.class).get()).isEqualTo(
                new RosterLoadBalancerProperties(false, false, Duration.ofSeconds(5),
                        Map.of("stock", List.of("a", "b"))));
        assertThat(binder.bind("roster.config", RosterConfigProperties.class).get()).isEqualTo(
                new RosterConfigProperties(false, "c", Duration.ofSeconds(9), "j", Map.of("tier", "x"),
                        new RosterConfigProperties.Refresh(false), new RosterConfigProperties.Reports(false)));
    }

    @Test
    void refusesAProxyThatIsNone() {
        for (String proxy : List.of("proxy:3128", "https://proxy:3128", "http://proxy", "http://u:p@proxy:3128")) {
            Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("roster.client.proxy", proxy)));

            assertThatThrownBy(() -> binder.bind("roster.client", RosterClientProperties.class)).rootCause()
                    .hasMessageStartingWith("roster.client.proxy: expected a URL such as http://proxy.example.com:3128")
                    .hasMessageNotContaining("u:p");
        }
    }

    @Test
    void neverShowsSecrets() {
        Binder binder = new Binder(new MapConfigurationPropertySource(
                Map.of("roster.client.token", "rst_x", "roster.client.password", "secret")));

        assertThat(binder.bind("roster.client", RosterClientProperties.class).get().toString()).doesNotContain("rst_x",
                "secret");
    }
}
