package dev.roster.spring.registration;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.ApplicationThreads;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import dev.roster.spring.health.ApplicationHealth;
import dev.roster.spring.health.ApplicationHealth.Answer;
import dev.roster.spring.health.RosterApplicationHealthAutoConfiguration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Being found: the service registry, and the registration of the application while it runs and is well. */
@AutoConfiguration(after = {RosterClientAutoConfiguration.class, RosterApplicationHealthAutoConfiguration.class,
        UtilAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class}, before = {
                ServiceRegistryAutoConfiguration.class, AutoServiceRegistrationAutoConfiguration.class})
@ConditionalOnBean(RosterClient.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterDiscoveryProperties.class)
public final class RosterRegistrationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RosterServiceRegistry rosterServiceRegistry(RosterClient client, RosterDiscoveryProperties properties) {
        return new RosterServiceRegistry(client, properties.drainTimeout(), InstantSource.system());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.auto-registration.enabled", matchIfMissing = true)
    @ConditionalOnBooleanProperty(name = "roster.discovery.register", matchIfMissing = true)
    @EnableConfigurationProperties(AutoServiceRegistrationProperties.class)
    static class Automatic {

        @Bean
        @ConditionalOnMissingBean
        RosterRegistration rosterRegistration(RosterDiscoveryProperties properties, Environment environment,
                InetUtils network, ObjectProvider<RosterRegistrationCustomizer> customizers) {
            return new RegistrationFactory(properties, environment, network, customizers.orderedStream().toList())
                    .create();
        }

        @Bean
        @ConditionalOnMissingBean(AutoServiceRegistration.class)
        RosterAutoServiceRegistration rosterAutoServiceRegistration(ApplicationContext context,
                RosterServiceRegistry registry, AutoServiceRegistrationProperties automatic,
                RosterDiscoveryProperties properties, RosterRegistration registration,
                ObjectProvider<RegistrationLifecycle<RosterRegistration>> lifecycles) {
            List<RegistrationLifecycle<RosterRegistration>> ordered = lifecycles.orderedStream().toList();
            return new RosterAutoServiceRegistration(context, registry, automatic, properties, registration, ordered,
                    Pause.sleeping());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.auto-registration.enabled", matchIfMissing = true)
    @ConditionalOnBooleanProperty(name = "roster.discovery.register", matchIfMissing = true)
    @ConditionalOnBooleanProperty(name = "roster.discovery.health.enabled", matchIfMissing = true)
    static class FollowingHealth {

        @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
        ScheduledExecutorService rosterHealthExecutor(Environment environment) {
            return Executors.newSingleThreadScheduledExecutor(ApplicationThreads.named("roster-health", environment));
        }

        @Bean
        HealthDrivenStatus rosterHealthDrivenStatus(ObjectProvider<ApplicationAvailability> availability,
                ObjectProvider<ApplicationHealth> health, RosterServiceRegistry registry,
                RosterRegistration registration, RosterDiscoveryProperties properties,
                @Qualifier("rosterHealthExecutor") ScheduledExecutorService thread) {
            ApplicationAvailability readiness = availability.getIfAvailable();
            ApplicationHealth further = health.getIfAvailable(() -> () -> Answer.SERVING);
            ApplicationHealth whole = () -> readiness == null
                    || readiness.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                            ? further.ask()
                            : Answer.NOT_READY;
            return new HealthDrivenStatus(whole, registry, registration, properties.health(), thread);
        }
    }
}
