package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Applications that register themselves, and find others with LoadBalancer. */
class RegistrationTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path lastGood;

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private FakeRoster roster;

    @BeforeEach
    void start() {
        roster = new FakeRoster();
    }

    @AfterEach
    void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
        roster.close();
    }

    private ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, String... arguments) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(type);
        application.setDefaultProperties(Map.of("spring.application.name", "orders", "roster.client.addresses",
                roster.address(), "roster.client.last-good.directory", lastGood.toString(), "server.port", "0",
                "roster.discovery.host", "127.0.0.1", "roster.client.retry-for", "0s", "spring.main.banner-mode",
                "off"));
        ConfigurableApplicationContext context = application.run(arguments);
        contexts.add(context);
        return context;
    }

    @Test
    void registersAWebApplicationUnderThePortOfItsServerUntilItStops() {
        ConfigurableApplicationContext context = run(WebApplicationType.SERVLET, Application.class,
                "--roster.discovery.zone=z9", "--roster.discovery.metadata.team=blue", "--roster.discovery.ttl=20s",
                "--management.server.port=0");
        String port = context.getEnvironment().getProperty("local.server.port");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);

        assertThat(roster.instances("orders")).containsExactly("127.0.0.1:" + port);
        assertThat(roster.instanceJson("orders", "127.0.0.1:" + port)).contains("\"port\":" + port, "\"zone\":\"z9\"",
                "\"team\":\"blue\"", "\"ttl\":\"PT20S\"", "\"added\":\"by a customizer\"");

        context.close();

        assertThat(roster.instances("orders")).isEmpty();
        assertThat(roster.calls().get(roster.calls().size() - 1)).startsWith("DELETE");
    }

    @Test
    void isFoundAfterEverythingElseRunsAndNoLongerBeforeAnythingStops() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Ordered.class,
                "--roster.discovery.port=8080");
        List<String> order = context.getBean(Ordered.class).order;
        assertThat(order).containsExactly("other started", "registering", "registered");

        context.close();

        assertThat(order).containsExactly("other started", "registering", "registered", "deregistering", "deregistered",
                "other stopped");
    }

    @Test
    void registersAnApplicationWithoutWebServerThatHasAPort() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
                "--roster.discovery.port=8080", "--roster.discovery.instance-id=worker-1",
                "--roster.discovery.service-name=workers");
        await().atMost(SOON).until(() -> roster.instances("workers").contains("worker-1"));

        context.close();

        assertThat(roster.instances("workers")).isEmpty();
    }

    @Test
    void doesNotRegisterAnApplicationWithoutPort() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class);

        assertThat(context.getBean(RosterAutoServiceRegistration.class).isRunning()).isFalse();
        assertThat(roster.calls()).isEmpty();
    }

    @Test
    void startsWhileRosterIsAwayAndRegistersWhenItComes() {
        roster.leave();
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
                "--roster.discovery.port=8080", "--roster.discovery.ttl=1s");
        HealthIndicator health = context.getBean("rosterHealthIndicator", HealthIndicator.class);
        await().atMost(SOON).until(() -> health.health().getDetails().containsValue("FAILING"));
        assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);

        roster.comeBack();

        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.UP));
    }

    @Test
    void takesAnInstanceOutOfServiceAndBack() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
                "--roster.discovery.port=8080");
        RosterServiceRegistry registry = context.getBean(RosterServiceRegistry.class);
        RosterRegistration registration = context.getBean(RosterRegistration.class);
        await().atMost(SOON).until(() -> "UP".equals(registry.getStatus(registration)));

        registry.setStatus(registration, "OUT_OF_SERVICE");
        assertThat(roster.instances("orders")).isEmpty();
        assertThat(registry.<String>getStatus(registration)).isEqualTo("OUT_OF_SERVICE");

        registry.setStatus(registration, "up");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        assertThatThrownBy(() -> registry.setStatus(registration, "SIDEWAYS"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SIDEWAYS");
    }

    @Test
    void choosesAnotherInstanceAtOnceWhenOneIsGone() {
        roster.register("stock", "a", "127.0.0.1", 1111);
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class);
        LoadBalancerClient loadBalancer = context.getBean(LoadBalancerClient.class);
        assertThat(loadBalancer.choose("stock")).extracting(ServiceInstance::getPort).isEqualTo(1111);

        roster.register("stock", "b", "127.0.0.1", 2222).deregister("stock", "a");

        await().atMost(SOON).untilAsserted(
                () -> assertThat(loadBalancer.choose("stock")).extracting(ServiceInstance::getPort).isEqualTo(2222));
        assertThat(context.getBean(Application.class).heartbeats).isNotEmpty();
        HealthIndicator health = context.getBean("rosterHealthIndicator", HealthIndicator.class);
        assertThat(health.health().getDetails()).containsEntry("connected", true).containsEntry("address",
                roster.address());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        final List<Object> heartbeats = new CopyOnWriteArrayList<>();

        @EventListener
        void heartbeat(HeartbeatEvent event) {
            heartbeats.add(event.getValue());
        }

        @Bean
        RosterRegistrationCustomizer customizer() {
            return metadata -> metadata.put("added", "by a customizer");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Ordered {
        final List<String> order = new CopyOnWriteArrayList<>();

        @Bean
        SmartLifecycle other() {
            return new SmartLifecycle() {
                private volatile boolean running;

                @Override
                public void start() {
                    running = true;
                    order.add("other started");
                }

                @Override
                public void stop() {
                    running = false;
                    order.add("other stopped");
                }

                @Override
                public boolean isRunning() {
                    return running;
                }

                @Override
                public int getPhase() {
                    return Integer.MAX_VALUE - 1024;
                }
            };
        }

        @Bean
        RegistrationLifecycle<RosterRegistration> lifecycle() {
            return new RegistrationLifecycle<>() {
                @Override
                public void postProcessBeforeStartRegister(RosterRegistration registration) {
                    order.add("registering");
                }

                @Override
                public void postProcessAfterStartRegister(RosterRegistration registration) {
                    order.add("registered");
                }

                @Override
                public void postProcessBeforeStopRegister(RosterRegistration registration) {
                    order.add("deregistering");
                }

                @Override
                public void postProcessAfterStopRegister(RosterRegistration registration) {
                    order.add("deregistered");
                }
            };
        }
    }
}
