package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.spring.config.RosterConfigEvent;
import dev.roster.spring.config.RosterConfigListener;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Which threads run what belongs to the application: platform ones, or virtual ones if it wants them. */
class VirtualThreadsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Set<String> OURS = Set.of("roster-config-listeners", "roster-health", "roster-refresh");

    @RegisterExtension
    final Applications applications = new Applications();

    private final FakeRoster roster = applications.roster();

    /** Returns whether each of our threads that has called the application is virtual. */
    private Map<String, Boolean> run(boolean virtual) {
        roster.publish("orders", "a: 1").publish("rules", "text", "allow all");
        Calls calls = applications.run(WebApplicationType.NONE, Application.class,
                "--spring.threads.virtual.enabled=" + virtual, "--spring.config.import=roster:",
                "--roster.discovery.port=8080", "--roster.discovery.health.interval=100ms").getBean(Calls.class);
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);

        roster.publish("orders", "a: 2");

        await().atMost(SOON).until(() -> calls.threads.keySet().containsAll(OURS));
        return calls.threads;
    }

    @Test
    void areVirtualIfTheApplicationWantsThat() {
        assertThat(run(true)).containsOnlyKeys(OURS).doesNotContainValue(false);
    }

    @Test
    void areNotVirtualOtherwise() {
        assertThat(run(false)).containsOnlyKeys(OURS).doesNotContainValue(true);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Calls calls() {
            return new Calls();
        }

        @Bean
        HealthIndicator ownHealth(Calls calls) {
            return () -> {
                calls.note();
                return Health.up().build();
            };
        }
    }

    /** Notes which of our threads call, by name without number. */
    static class Calls {
        private final Map<String, Boolean> threads = new ConcurrentHashMap<>();

        void note() {
            Thread thread = Thread.currentThread();
            String name = thread.getName().replaceFirst("-\\d+$", "");
            if (OURS.contains(name)) {
                threads.put(name, thread.isVirtual());
            }
        }

        @RosterConfigListener("rules")
        void onRules(@Nullable String content) {
            note();
        }

        @EventListener
        void onRefresh(RosterConfigEvent event) {
            note();
        }
    }
}
