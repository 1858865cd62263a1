package dev.roster.spring.actuator;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import dev.roster.spring.config.RosterConfigSource;
import dev.roster.spring.discovery.RosterDiscoveryAutoConfiguration;
import dev.roster.spring.discovery.ServiceView;
import dev.roster.spring.registration.RosterRegistrationAutoConfiguration;
import dev.roster.spring.registration.RosterServiceRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Actuator's endpoint {@code roster}; to be exposed by {@code management.endpoints.web.exposure.include}. */
@AutoConfiguration(after = {RosterClientAutoConfiguration.class, RosterDiscoveryAutoConfiguration.class,
        RosterRegistrationAutoConfiguration.class})
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(RosterClient.class)
public final class RosterEndpointAutoConfiguration {

    // Nested: Spring needs the class of this condition to read it, even where there is no Actuator.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(RosterEndpoint.class)
    static class Available {

        @Bean
        @ConditionalOnMissingBean
        RosterEndpoint rosterEndpoint(RosterClient client, ObjectProvider<RosterServiceRegistry> registry,
                ObjectProvider<ServiceView> view, ObjectProvider<RosterConfigSource> source) {
            return new RosterEndpoint(client, registry.getIfAvailable(), view.getIfAvailable(),
                    source.getIfAvailable());
        }
    }
}
