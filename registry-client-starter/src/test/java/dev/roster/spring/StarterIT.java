package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.BindingError;
import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PendingClient;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceStatus;
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
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
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
    void tellsTheServerOfAWrongValueKeepsTheOldOneAndStaysWell() {
        RosterClient admin = ROSTER.client();
        admin.configs().create("clerk",
                new PublishRequest(ConfigFormat.YAML, "greeting.text: one\ngreeting.times: 1", null));
        ConfigurableApplicationContext clerk = run("clerk", "--roster.config.instance-id=clerk-1");
        await().atMost(SOON).until(() -> admin.registry().find("clerk").isPresent());
        Instance registered = admin.registry().get("clerk").instances().get(0);

        admin.configs().publish("clerk", 1,
                new PublishRequest(ConfigFormat.YAML, "greeting.text: two\ngreeting.times: many", null));

        PendingClient pending = await().atMost(SOON).until(() -> admin.configs().adoption("clerk"),
                adoption -> adoption.failed() == 1).pending().get(0);
        assertThat(pending.client()).isEqualTo("clerk-1");
        assertThat(pending.fetchedVersion()).isEqualTo(2);
        assertThat(pending.appliedVersion()).isEqualTo(1);
        assertThat(pending.errors()).containsExactly(new BindingError("greeting.times", "expected int"));
        assertThat(clerk.getBean(Greeting.class).getText()).isEqualTo("one");
        assertThat(clerk.getBean(Greeting.class).getTimes()).isEqualTo(1);
        assertThat(clerk.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.UP);
        assertThat(admin.registry().get("clerk").instances()).containsExactly(registered);
        assertThat(registered.status()).isEqualTo(InstanceStatus.UP);
        assertThat(admin.configs().adoption("clerk").versions()).allMatch(version -> version.unhealthy() == 0);

        admin.configs().publish("clerk", 2,
                new PublishRequest(ConfigFormat.YAML, "greeting.text: three\ngreeting.times: 3", null));

        await().atMost(SOON).until(() -> admin.configs().adoption("clerk").applied() == 1);
        assertThat(clerk.getBean(Greeting.class).getTimes()).isEqualTo(3);
        assertThat(clerk.getBean(Greeting.class).getText()).isEqualTo("three");
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
        private int times;

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }

        public int getTimes() {
            return times;
        }

        public void setTimes(int times) {
            this.times = times;
        }
    }
}
