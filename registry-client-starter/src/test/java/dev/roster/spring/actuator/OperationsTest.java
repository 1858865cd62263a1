package dev.roster.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.client.AddressStatus;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** What an operator sees of an application: the endpoint and the meters. */
class OperationsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications()
            .with("roster.client.token", "rst_secret")
            .with("management.endpoints.web.exposure.include", "*");

    private final FakeRoster roster = applications.roster();

    private ConfigurableApplicationContext run(String... arguments) {
        applications.with("roster.client.addresses", roster.address() + ",http://127.0.0.1:1");
        return applications.run(WebApplicationType.SERVLET, Application.class, arguments);
    }

    private static <T> T endpoint(ConfigurableApplicationContext context, Class<T> type) {
        String port = context.getEnvironment().getProperty("local.server.port");
        return RestClient.create().get().uri("http://127.0.0.1:" + port + "/actuator/roster").retrieve().body(type);
    }

    private static RosterEndpoint.Item orders(RosterEndpoint.Descriptor shown) {
        return shown.configuration().stream().filter(item -> item.name().equals("orders")).findFirst().orElseThrow();
    }

    private static double value(ConfigurableApplicationContext context, String name, String... tags) {
        return Search.in(context.getBean(MeterRegistry.class)).name(name).tags(tags).meters().iterator().next()
                .measure().iterator().next().getValue();
    }

    @Test
    void showsServersStreamRegistrationsServicesAndConfiguration() {
        roster.publish("orders", "limits.size: 7").register("stock", "a", "h", 1);
        ConfigurableApplicationContext context = run("--spring.config.import=roster:");
        context.getBean(DiscoveryClient.class).getInstances("stock");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        await().atMost(SOON).until(() -> value(context, "roster.registrations", "registered", "true") == 1);

        RosterEndpoint.Descriptor shown = endpoint(context, RosterEndpoint.Descriptor.class);

        assertThat(shown.namespace()).isEqualTo("default");
        assertThat(shown.servers()).hasSize(2).filteredOn(AddressStatus::inUse).extracting(AddressStatus::address)
                .containsExactly(URI.create(roster.address()));
        assertThat(shown.stream().connected()).isTrue();
        assertThat(shown.stream().address()).isEqualTo(URI.create(roster.address()));
        assertThat(shown.registrations()).singleElement().satisfies(registered -> {
            assertThat(registered.service()).isEqualTo("orders");
            assertThat(registered.status()).isEqualTo("UP");
        });
        assertThat(shown.services()).containsExactly(new RosterEndpoint.Service("stock", 1, "server"));
        assertThat(orders(shown)).isEqualTo(new RosterEndpoint.Item("default", "orders", "server", 1, 1, null, null));
        assertThat(endpoint(context, String.class)).doesNotContain("rst_secret", "limits.size", "\"7\"");
    }

    @Test
    void showsWhatWasRejectedAndCountsIt() {
        roster.publish("orders", "limits.size: 7");
        ConfigurableApplicationContext context = run("--spring.config.import=roster:");

        roster.publish("orders", "limits.size: many");
        await().atMost(SOON)
                .until(() -> value(context, "roster.config.refreshes", "outcome", "rejected") == 1);

        assertThat(value(context, "roster.config.outdated")).isEqualTo(1);
        RosterEndpoint.Item item = orders(endpoint(context, RosterEndpoint.Descriptor.class));
        assertThat(item.applied()).isEqualTo(1);
        assertThat(item.current()).isEqualTo(2);
        assertThat(item.rejected()).isEqualTo(2);
        assertThat(item.reason()).contains("limits.size");

        roster.publish("orders", "limits.size: 8");
        await().atMost(SOON).until(() -> value(context, "roster.config.refreshes", "outcome", "applied") == 1);
        assertThat(value(context, "roster.config.outdated")).isZero();
    }

    @Test
    void measuresWhatIsKnownAndWhetherItIsFresh() {
        roster.publish("orders", "a: 1").register("stock", "a", "h", 1).register("stock", "b", "h", 2);
        ConfigurableApplicationContext context = run("--spring.config.import=roster:");
        context.getBean(DiscoveryClient.class).getInstances("stock");

        assertThat(value(context, "roster.client.connected")).isEqualTo(1);
        assertThat(value(context, "roster.client.revision")).isGreaterThanOrEqualTo(3);
        assertThat(value(context, "roster.discovery.services")).isEqualTo(1);
        assertThat(value(context, "roster.discovery.instances")).isEqualTo(2);
        assertThat(value(context, "roster.config.items")).isEqualTo(2);
        assertThat(value(context, "roster.config.last.good")).isZero();

        roster.leave();

        await().atMost(SOON).until(() -> value(context, "roster.client.connected") == 0);
        await().atMost(SOON)
                .until(() -> value(context, "roster.client.server.failures", "address", roster.address()) > 0);
        assertThat(endpoint(context, RosterEndpoint.Descriptor.class).stream().failure()).isNotEmpty();
        roster.comeBack();
    }

    @Test
    void showsNothingUnlessExposed() {
        ConfigurableApplicationContext context = run("--management.endpoints.web.exposure.include=health");

        assertThat(context.getBeansOfType(RosterEndpoint.class)).isEmpty();
        assertThat(run("--management.endpoint.roster.access=none").getBeansOfType(RosterEndpoint.class)).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(Limits.class)
    static class Application {}

    @ConfigurationProperties("limits")
    static class Limits {
        private int size;

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }
    }
}
