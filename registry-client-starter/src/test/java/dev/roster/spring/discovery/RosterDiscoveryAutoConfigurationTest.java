package dev.roster.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/** The discovery clients: present, absent, overridden, disabled. Nothing is connected. */
class RosterDiscoveryAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return Contexts.of(lastGood);
    }

    @Test
    void findsInBothWays() {
        application().run(context -> assertThat(context).hasSingleBean(RosterDiscoveryClient.class)
                .hasSingleBean(RosterReactiveDiscoveryClient.class).hasSingleBean(ServiceView.class)
                .hasSingleBean(ServiceNamesWatch.class));
    }

    @Test
    void findsNothingReactivelyWithoutWebFlux() {
        application().withClassLoader(new FilteredClassLoader(WebClient.class))
                .run(context -> assertThat(context).hasSingleBean(RosterDiscoveryClient.class)
                        .doesNotHaveBean(ReactiveDiscoveryClient.class));
    }

    @Test
    void findsNothingWithoutClient() {
        application().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DiscoveryClient.class)
                        .doesNotHaveBean(ReactiveDiscoveryClient.class).doesNotHaveBean(ServiceView.class));
    }

    @Test
    void findsNothingWhenSwitchedOff() {
        for (String property : List.of("roster.discovery.enabled=false", "spring.cloud.discovery.enabled=false")) {
            application().withPropertyValues(property).run(context -> assertThat(context).hasNotFailed()
                    .doesNotHaveBean(DiscoveryClient.class).doesNotHaveBean(ReactiveDiscoveryClient.class));
        }
        application().withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DiscoveryClient.class)
                        .hasSingleBean(RosterReactiveDiscoveryClient.class));
        application().withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(RosterDiscoveryClient.class)
                        .doesNotHaveBean(ReactiveDiscoveryClient.class));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        application().withUserConfiguration(Own.class).run(context -> {
            assertThat(context).hasSingleBean(ServiceView.class).hasSingleBean(RosterDiscoveryClient.class);
            assertThat(context.getBean(RosterDiscoveryClient.class).getOrder()).isEqualTo(42);
        });
    }

    @Test
    void standsBesideOthers() {
        application().withBean("other", DiscoveryClient.class, Other::new).run(context -> assertThat(context)
                .getBeans(DiscoveryClient.class).containsKeys("other", "rosterDiscoveryClient"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        RosterDiscoveryClient own(RosterClient client) {
            return new RosterDiscoveryClient(new ServiceView(client, Duration.ZERO, changed -> {}), 42);
        }
    }

    private static final class Other implements DiscoveryClient {

        @Override
        public String description() {
            return "other";
        }

        @Override
        public List<ServiceInstance> getInstances(String serviceId) {
            return List.of();
        }

        @Override
        public List<String> getServices() {
            return List.of();
        }
    }
}
