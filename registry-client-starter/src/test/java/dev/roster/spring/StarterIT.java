package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.registry.Instance;
import dev.roster.client.RosterClient;
import dev.roster.test.RosterServerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Applications with the starter and the real server: they find each other and follow their configuration. */
class StarterIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final RosterServerExtension ROSTER = new RosterServerExtension().withSystemProperties();

    @TempDir
    Path lastGood;

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext run(String name, String... arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        Map<String, Object> defaults = new HashMap<>(Map.of("spring.application.name", name, "server.port", "0",
                "spring.config.import", "optional:roster:", "roster.discovery.host", "127.0.0.1",
                "roster.client.last-good.directory", lastGood.toString(), "spring.main.banner-mode", "off"));
        application.setDefaultProperties(defaults);
        ConfigurableApplicationContext context = application.run(arguments);
        contexts.add(context);
        return context;
    }

    @Test
    void findsAnotherApplicationUntilThatStops() {
        ConfigurableApplicationContext inventory = run("inventory", "--roster.discovery.zone=east");
        int port = Integer.parseInt(inventory.getEnvironment().getProperty("local.server.port", "0"));
        LoadBalancerClient loadBalancer = run("orders").getBean(LoadBalancerClient.class);

        await().atMost(SOON).until(() -> loadBalancer.choose("inventory") != null);
        ServiceInstance chosen = loadBalancer.choose("inventory");
        assertThat(chosen.getPort()).isEqualTo(port);
        assertThat(chosen.getMetadata()).containsEntry("zone", "east");

        inventory.close();

        await().atMost(SOON).until(() -> loadBalancer.choose("inventory") == null);
        assertThat(ROSTER.client().registry().find("inventory")).isEmpty();
    }

    @Test
    void followsItsConfigurationWithoutRegisteringAgain() {
        RosterClient admin = ROSTER.client();
        ConfigItem first = admin.configs().create("greeter",
                new PublishRequest(ConfigFormat.YAML, "greeting.text: one", null));
        ConfigurableApplicationContext greeter = run("greeter");
        assertThat(greeter.getBean(Greeting.class).getText()).isEqualTo("one");
        await().atMost(SOON).until(() -> admin.registry().find("greeter").isPresent());
        Instance registered = admin.registry().get("greeter").instances().get(0);

        ConfigItem second = admin.configs().publish("greeter", first.version(),
                new PublishRequest(ConfigFormat.YAML, "greeting.text: two", null));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(greeter.getBean(Greeting.class).getText()).isEqualTo("two"));

        admin.configs().delete("greeter", second.version());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(greeter.getBean(Greeting.class).getText()).isEqualTo("default"));
        assertThat(admin.registry().get("greeter").instances()).containsExactly(registered);
    }

    @Test
    void goesOnWhileRosterIsKilledAndStartedAgain() {
        RosterClient admin = ROSTER.client();
        ConfigItem first = admin.configs().create("survivor",
                new PublishRequest(ConfigFormat.YAML, "greeting.text: one", null));
        ConfigurableApplicationContext survivor = run("survivor", "--roster.discovery.ttl=2s");
        await().atMost(SOON).until(() -> admin.registry().find("survivor").isPresent());
        LoadBalancerClient loadBalancer = survivor.getBean(LoadBalancerClient.class);
        assertThat(loadBalancer.choose("survivor")).isNotNull();
        HealthIndicator health = survivor.getBean("rosterHealthIndicator", HealthIndicator.class);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        ROSTER.process().kill();
        await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.UNKNOWN));
        assertThat(loadBalancer.choose("survivor")).isNotNull();
        ROSTER.process().restart();

        await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.UP));
        await().atMost(SOON).until(() -> admin.registry().find("survivor").isPresent());
        admin.configs().publish("survivor", first.version(),
                new PublishRequest(ConfigFormat.YAML, "greeting.text: two", null));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(survivor.getBean(Greeting.class).getText()).isEqualTo("two"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(Greeting.class)
    static class Application {}

    @ConfigurationProperties("greeting")
    static class Greeting {
        private String text = "default";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }
}
