package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What there is when the starter is present, switched off, or the application brings its own. Nothing is connected. */
class AutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RosterClientAutoConfiguration.class,
                        RosterConfigAutoConfiguration.class, RosterDiscoveryAutoConfiguration.class,
                        RosterEndpointAutoConfiguration.class, RosterMetricsAutoConfiguration.class,
                        RosterHealthAutoConfiguration.class, RosterLoadBalancerAutoConfiguration.class,
                        RosterRegistrationAutoConfiguration.class,
                        RefreshAutoConfiguration.class, UtilAutoConfiguration.class))
                .withPropertyValues("spring.application.name=orders", "roster.client.addresses=http://127.0.0.1:1",
                        "roster.client.last-good.directory=" + lastGood);
    }

    @Test
    void configuresClientDiscoveryRegistrationAndHealth() {
        application().run(context -> {
            assertThat(context).hasSingleBean(RosterClient.class).hasSingleBean(RosterDiscoveryClient.class)
                    .hasSingleBean(RosterServiceRegistry.class).hasSingleBean(RosterAutoServiceRegistration.class)
                    .hasSingleBean(Registration.class)
                    .hasSingleBean(LoadBalancerCacheEviction.class).hasBean("rosterHealthIndicator")
                    .hasSingleBean(RosterReactiveDiscoveryClient.class).doesNotHaveBean(RosterConfigRefresher.class);
            assertThat(context.getBean(HealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void doesNothingWhenSwitchedOff() {
        application().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(RosterClient.class)
                        .doesNotHaveBean(DiscoveryClient.class).doesNotHaveBean(RosterServiceRegistry.class)
                        .doesNotHaveBean("rosterHealthIndicator"));
    }

    @Test
    void findsNothingWhenDiscoveryIsSwitchedOff() {
        for (String property : new String[]{"roster.discovery.enabled=false", "spring.cloud.discovery.enabled=false",
                "spring.cloud.discovery.blocking.enabled=false"}) {
            application().withPropertyValues(property).run(context -> assertThat(context)
                    .doesNotHaveBean(DiscoveryClient.class).hasSingleBean(RosterServiceRegistry.class));
        }
    }

    @Test
    void doesNotRegisterWhenToldNotTo() {
        for (String property : new String[]{"roster.discovery.register=false",
                "spring.cloud.service-registry.auto-registration.enabled=false"}) {
            application().withPropertyValues(property).run(context -> assertThat(context)
                    .doesNotHaveBean(RosterAutoServiceRegistration.class).hasSingleBean(RosterServiceRegistry.class));
        }
    }

    @Test
    void reportsNoHealthWhenToldNotTo() {
        application().withPropertyValues("management.health.roster.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("rosterHealthIndicator"));
        application().withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).doesNotHaveBean("rosterHealthIndicator"));
    }

    @Test
    void worksWithoutLoadBalancer() {
        application().withClassLoader(new FilteredClassLoader(LoadBalancerCacheManager.class))
                .run(context -> assertThat(context).hasSingleBean(RosterDiscoveryClient.class)
                        .doesNotHaveBean(LoadBalancerCacheEviction.class));
    }

    @Test
    void worksWithoutWebFluxAndActuator() {
        application()
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.web.reactive", "org.springframework.boot.health",
                                "org.springframework.boot.actuate", "io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RosterDiscoveryClient.class)
                        .hasSingleBean(RosterAutoServiceRegistration.class).hasSingleBean(HealthDrivenStatus.class)
                        .doesNotHaveBean(ApplicationHealth.class).doesNotHaveBean(RosterEndpoint.class)
                        .doesNotHaveBean("rosterMetrics").doesNotHaveBean(RosterReactiveDiscoveryClient.class));
    }

    @Test
    void registersWhateverTheHealthWhenToldTo() {
        application().withPropertyValues("roster.discovery.health.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(RosterAutoServiceRegistration.class)
                        .doesNotHaveBean(HealthDrivenStatus.class));
    }

    @Test
    void choosesAsLoadBalancerDoesWhenToldTo() {
        application().withPropertyValues("roster.load-balancer.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(LoadBalancerCacheEviction.class)
                        .doesNotHaveBean(RosterLoadBalancerAutoConfiguration.Choice.class));
    }

    @Test
    void measuresAndExposesWhenThereIsActuator() {
        application().withPropertyValues("management.endpoints.web.exposure.include=roster")
                .run(context -> assertThat(context).hasSingleBean(RosterMetrics.class)
                        .hasSingleBean(RosterEndpoint.class));
        application().run(
                context -> assertThat(context).hasSingleBean(RosterMetrics.class)
                        .doesNotHaveBean(RosterEndpoint.class));
    }

    @Test
    void usesAnSslBundle() {
        SslBundle bundle = SslBundle.systemDefault();
        application().withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("office", bundle))
                .withPropertyValues("roster.client.ssl-bundle=office")
                .run(context -> assertThat(context).hasSingleBean(RosterClient.class));
        application().withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("office", bundle))
                .withPropertyValues("roster.client.ssl-bundle=home").run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure()).rootCause()
                            .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                            .hasMessageContaining("roster.client.ssl-bundle");
                    assertThat(((InvalidConfigurationPropertyValueException) rootCause(context.getStartupFailure()))
                            .getReason()).contains("there are [office]");
                });
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    @Test
    void backsOffForTheApplicationsOwnClient() {
        application().withUserConfiguration(OwnClient.class).run(context -> {
            assertThat(context).hasSingleBean(RosterClient.class).hasSingleBean(RosterDiscoveryClient.class);
            assertThat(context.getBean(RosterClient.class).namespace()).isEqualTo("own");
        });
    }

    @Test
    void letsTheApplicationCustomizeTheClient() {
        application().withUserConfiguration(Customizer.class).run(
                context -> assertThat(context.getBean(RosterClient.class).namespace()).isEqualTo("customized"));
    }

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
                Map.entry("roster.client.connect-timeout", "1s"),
                Map.entry("roster.client.request-timeout", "3s"), Map.entry("roster.client.retry-for", "4s"),
                Map.entry("roster.client.last-good.enabled", "false"),
                Map.entry("roster.client.last-good.directory", "/d"),
                Map.entry("roster.discovery.service-name", "s"), Map.entry("roster.discovery.instance-id", "i"),
                Map.entry("roster.discovery.host", "h"), Map.entry("roster.discovery.prefer-hostname", "true"),
                Map.entry("roster.discovery.network-interface", "e"),
                Map.entry("roster.discovery.port", "5"), Map.entry("roster.discovery.management-port", "6"),
                Map.entry("roster.discovery.ports.grpc", "7"), Map.entry("roster.discovery.secure", "true"),
                Map.entry("roster.discovery.weight", "8"), Map.entry("roster.discovery.tags", "x,y"),
                Map.entry("roster.discovery.drain", "9s"), Map.entry("roster.discovery.health.enabled", "false"),
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
                        "rst_x", Path.of("/t"), "u", "p", "b", Duration.ofSeconds(1), Duration.ofSeconds(3),
                        Duration.ofSeconds(4), new RosterClientProperties.LastGood(false, Path.of("/d"))));
        assertThat(binder.bind("roster.discovery", RosterDiscoveryProperties.class).get())
                .isEqualTo(new RosterDiscoveryProperties(false, false, "s", "i", "h", true, "e", 5, 6,
                        Map.of("grpc", 7), true, Duration.ofSeconds(6), "z", 8, List.of("x", "y"), Map.of("k", "v"),
                        Duration.ofSeconds(9),
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
    void neverShowsSecrets() {
        Binder binder = new Binder(new MapConfigurationPropertySource(
                Map.of("roster.client.token", "rst_x", "roster.client.password", "secret")));

        assertThat(binder.bind("roster.client", RosterClientProperties.class).get().toString()).doesNotContain("rst_x",
                "secret");
    }

    @Test
    void refusesContradictoryCredentials() {
        application().withPropertyValues("roster.client.token=rst_x", "roster.client.username=me").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause()
                    .isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class);
        });
        application().withPropertyValues("roster.client.username=me").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class);
        });
    }

    @Test
    void keepsTheLastGoodAnswersPerNamespaceAndApplication() {
        RosterClientProperties defaults = new RosterClientProperties();

        assertThat(RosterClientFactory.lastGoodFile(defaults, "orders"))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".roster", "last-good", "default-orders.json"));
        assertThat(RosterClientFactory.lastGoodFile(defaults, "../x y").getFileName())
                .hasToString("default-.._x_y.json");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {
        @Bean
        RosterClient ownClient() {
            return RosterClient.builder().address("http://127.0.0.1:1").namespace("own").build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizer {
        @Bean
        RosterClientCustomizer customizer() {
            return builder -> builder.namespace("customized");
        }
    }
}
