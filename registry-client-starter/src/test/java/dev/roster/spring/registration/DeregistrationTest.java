package dev.roster.spring.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.client.RosterClient;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.RestClient;

/** Applications that leave: when, in which order, and whom they wait for. */
class DeregistrationTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications()
            .with("roster.discovery.health.interval", "100ms")
            .with("roster.client.retry-for", "0s");

    private final FakeRoster roster = applications.roster();

    @Test
    void isFoundAfterEverythingElseRunsAndNoLongerBeforeAnythingStops() {
        ConfigurableApplicationContext context = applications.run(WebApplicationType.NONE, Ordered.class,
                "--roster.discovery.port=8080");
        List<String> order = context.getBean(Ordered.class).order;
        assertThat(order).containsExactly("other started", "registering", "registered");

        context.close();

        assertThat(order).containsExactly("other started", "registering", "registered", "deregistering", "deregistered",
                "other stopped");
    }

    @Test
    void leavesAtOnceWhenItIsToldToWaitForNobodyOrRosterIsAway() {
        ConfigurableApplicationContext context = applications.run(WebApplicationType.NONE, Draining.class,
                "--roster.discovery.port=8080", "--roster.discovery.drain-timeout=0s");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        context.close();
        assertThat(roster.calls()).noneMatch(call -> call.endsWith("/drain"));
        assertThat(roster.instances("orders")).isEmpty();

        ConfigurableApplicationContext other = applications.run(WebApplicationType.NONE, Draining.class,
                "--roster.discovery.port=8081", "--roster.discovery.drain-timeout=25s");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        roster.leave();

        assertThat(CompletableFuture.runAsync(other::close)).succeedsWithin(SOON);
    }

    @Test
    void servesOnAfterItIsGoneForThoseWhoHaveNotHeard() {
        ConfigurableApplicationContext context = applications.run(WebApplicationType.SERVLET, Draining.class,
                "--roster.discovery.drain=500ms");
        Draining draining = context.getBean(Draining.class);
        String port = context.getEnvironment().getProperty("local.server.port");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        draining.onGone = () -> RestClient.create().get().uri("http://127.0.0.1:" + port + "/none")
                .exchange((request, response) -> response.getStatusCode().value());

        context.close();

        assertThat(draining.answer).isEqualTo(404);
    }

    @Test
    void waitsForWhatIsLeftOfTheDrainAndOnlyIfItWasKnown() {
        TestClock clock = new TestClock();
        try (RosterClient client = RosterClient.builder().address(roster.address()).retryFor(Duration.ZERO).build();
                GenericApplicationContext context = new GenericApplicationContext()) {
            context.refresh();
            RosterServiceRegistry registry = new RosterServiceRegistry(client, Duration.ZERO, clock);
            RosterRegistration registration = new RosterRegistration("orders", "i", "h", 1, false,
                    Duration.ofSeconds(30), null, Map.of());
            List<Duration> pauses = new ArrayList<>();
            RosterAutoServiceRegistration automatic = new RosterAutoServiceRegistration(context, registry,
                    new AutoServiceRegistrationProperties(), new RosterDiscoveryProperties(), registration, List.of(),
                    pauses::add);

            automatic.start();
            automatic.stop();
            assertThat(pauses).as("not ready, so never registered").isEmpty();

            automatic.start();
            registry.reportHealth(registration, true);
            await().atMost(SOON).until(() -> "UP".equals(registry.getStatus(registration)));
            automatic.stop();
            assertThat(pauses).containsExactly(Duration.ofSeconds(1));

            automatic.start();
            registry.reportHealth(registration, true);
            await().atMost(SOON).until(() -> "UP".equals(registry.getStatus(registration)));
            registry.reportHealth(registration, false);
            clock.now = clock.now.plusMillis(400);
            automatic.stop();
            assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(600));

            automatic.start();
            registry.reportHealth(registration, true);
            await().atMost(SOON).until(() -> "UP".equals(registry.getStatus(registration)));
            registry.reportHealth(registration, false);
            clock.now = clock.now.plusSeconds(2);
            automatic.stop();
            assertThat(pauses).as("it is gone for longer than that").hasSize(2);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Draining {
        private IntSupplier onGone = () -> 0;
        private volatile int answer;

        @Bean
        RegistrationLifecycle<RosterRegistration> lifecycle() {
            return new RegistrationLifecycle<>() {
                @Override
                public void postProcessBeforeStartRegister(RosterRegistration registration) {}

                @Override
                public void postProcessAfterStartRegister(RosterRegistration registration) {}

                @Override
                public void postProcessBeforeStopRegister(RosterRegistration registration) {}

                @Override
                public void postProcessAfterStopRegister(RosterRegistration registration) {
                    answer = onGone.getAsInt();
                }
            };
        }
    }

    private static final class TestClock implements InstantSource {
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        @Override
        public Instant instant() {
            return now;
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
