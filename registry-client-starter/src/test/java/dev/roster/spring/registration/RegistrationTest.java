package dev.roster.spring.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.spring.health.ApplicationHealth;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Applications that register themselves, and find others with LoadBalancer. */
@ExtendWith(OutputCaptureExtension.class)
class RegistrationTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications()
            .with("roster.discovery.health.interval", "100ms")
            .with("roster.client.retry-for", "0s");

    private final FakeRoster roster = applications.roster();

    private ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, String... arguments) {
        return applications.run(type, configuration, arguments);
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
                "\"management.port\":\"" + context.getEnvironment().getProperty("local.management.port") + "\"",
                "\"team\":\"blue\"", "\"ttl\":\"PT20S\"", "\"added\":\"by a customizer\"");

        context.close();

        assertThat(roster.instances("orders")).isEmpty();
        String path = "/api/v1/namespaces/default/services/orders/instances/127.0.0.1:" + port;
        assertThat(roster.calls()).filteredOn(call -> call.contains(path) && !call.endsWith("/heartbeat"))
                .containsExactly("PUT " + path, "POST " + path + "/drain", "DELETE " + path);
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
    void joinsOnlyWhenTheApplicationIsReady() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Slow.class,
                "--roster.discovery.port=8080");

        assertThat(context.getBean(Slow.class).registeredWhileStarting).isFalse();
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
    }

    @Test
    void followsTheHealthOfTheApplication(CapturedOutput output) {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
                "--roster.discovery.port=8080");
        RosterServiceRegistry registry = context.getBean(RosterServiceRegistry.class);
        RosterRegistration registration = context.getBean(RosterRegistration.class);
        Database database = context.getBean(Database.class);
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);

        database.status = Status.DOWN;
        await().atMost(SOON).until(() -> roster.instances("orders").isEmpty());
        assertThat(registry.<String>getStatus(registration)).isEqualTo("DOWN");
        assertThat(output).contains("is taken out of service: database is DOWN");

        database.status = Status.UP;
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        database.failing = true;
        await().atMost(SOON).until(() -> roster.instances("orders").isEmpty());
        assertThat(output).contains("is taken out of service: its health cannot be told");

        registry.setStatus(registration, "OUT_OF_SERVICE");
        database.failing = false;
        int looks = database.looks.get();
        await().atMost(SOON).until(() -> database.looks.get() > looks + 2);
        assertThat(registry.<String>getStatus(registration)).isEqualTo("OUT_OF_SERVICE");

        registry.setStatus(registration, "CANCEL_OVERRIDE");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
    }

    @Test
    void followsOneHealthGroupIfTold() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
                "--roster.discovery.port=8080", "--roster.discovery.health.group=serving",
                "--management.endpoint.health.group.serving.include=ping,readinessState");
        context.getBean(Database.class).status = Status.DOWN;
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);

        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        await().atMost(SOON).until(() -> roster.instances("orders").isEmpty());

        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
    }

    @Test
    void refusesAHealthGroupThatIsNotThere(CapturedOutput output) {
        assertThatThrownBy(() -> run(WebApplicationType.NONE, Application.class, "--roster.discovery.port=8080",
                "--roster.discovery.health.group=nothing")).hasRootCauseInstanceOf(
                        InvalidConfigurationPropertyValueException.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "roster.discovery.health.group",
                "There is no such health group");
    }

    @Test
    void registersAnApplicationThatIsNotWellIfTold() {
        run(WebApplicationType.NONE, Ill.class, "--roster.discovery.port=8080",
                "--roster.discovery.health.enabled=false");

        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
    }

    @Test
    void staysRegisteredWhateverItThinksOfRoster() {
        ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
                "--roster.discovery.port=8080", "--roster.discovery.ttl=1h",
                "--spring.cloud.discovery.client.health-indicator.use-services-query=false");
        RosterServiceRegistry registry = context.getBean(RosterServiceRegistry.class);
        RosterRegistration registration = context.getBean(RosterRegistration.class);
        await().atMost(SOON).until(() -> "UP".equals(registry.getStatus(registration)));
        roster.refuse(true);
        HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
        context.getBean(DiscoveryClient.class).getInstances("stock");
        await().atMost(SOON).until(() -> endpoint.healthForPath("discoveryComposite").getStatus() == Status.DOWN);

        ApplicationHealth health = context.getBean(ApplicationHealth.class);

        assertThat(health.ask().state()).isEqualTo(ApplicationHealth.State.SERVING);
        assertThat(registry.<String>getStatus(registration)).isEqualTo("UP");
    }

    @Test
    void registersAgainWhenRosterHasForgottenIt() {
        run(WebApplicationType.NONE, Application.class, "--roster.discovery.port=8080", "--roster.discovery.ttl=1s");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);

        assertThat(roster.deregister("orders", "127.0.0.1:8080")).isTrue();

        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
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

        @Bean
        Database databaseHealthIndicator() {
            return new Database();
        }
    }

    static final class Database implements HealthIndicator {
        volatile Status status = Status.UP;
        volatile boolean failing;
        final AtomicInteger looks = new AtomicInteger();

        @Override
        public Health health() {
            looks.incrementAndGet();
            if (failing) {
                throw new IllegalStateException("no answer");
            }
            return Health.status(status).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Ill {
        @Bean
        HealthIndicator brokenHealthIndicator() {
            return () -> Health.down().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Slow {
        private boolean registeredWhileStarting;

        @Bean
        ApplicationRunner warmUp(RosterServiceRegistry registry, RosterRegistration registration,
                HealthDrivenStatus status) {
            return arguments -> {
                assertThat(status.isRunning()).isTrue();
                registeredWhileStarting = !"DOWN".equals(registry.getStatus(registration));
            };
        }
    }
}
