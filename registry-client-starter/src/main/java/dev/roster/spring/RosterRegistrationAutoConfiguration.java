package dev.roster.spring;

import dev.roster.client.RosterClient;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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

/** Being found: the service registry, and the registration of the application while it runs. */
@AutoConfiguration(after = {RosterClientAutoConfiguration.class, UtilAutoConfiguration.class}, before = {
        ServiceRegistryAutoConfiguration.class, AutoServiceRegistrationAutoConfiguration.class})
@ConditionalOnBean(RosterClient.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterDiscoveryProperties.class)
public final class RosterRegistrationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RosterServiceRegistry rosterServiceRegistry(RosterClient client) {
        return new RosterServiceRegistry(client);
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
            return new RosterAutoServiceRegistration(context, registry, automatic, properties, registration, ordered);
        }
    }
}
