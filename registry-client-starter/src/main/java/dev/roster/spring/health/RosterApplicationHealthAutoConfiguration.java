package dev.roster.spring.health;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Actuator says of the application's health, for its registration and its reports. */
@AutoConfiguration(after = RosterClientAutoConfiguration.class, afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration")
@ConditionalOnClass(HealthEndpoint.class)
@ConditionalOnBean(RosterClient.class)
@EnableConfigurationProperties(RosterDiscoveryProperties.class)
public final class RosterApplicationHealthAutoConfiguration {

    // Nested: Spring reads the methods of this class, and the types in them, even where there is no Actuator.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({HealthEndpoint.class, HealthEndpointGroups.class})
    static class WithActuator {

        @Bean
        @ConditionalOnMissingBean
        ApplicationHealth rosterApplicationHealth(HealthEndpoint endpoint, HealthEndpointGroups groups,
                RosterDiscoveryProperties properties) {
            String group = properties.health().group();
            if (group != null && !groups.getNames().contains(group)) {
                throw new InvalidConfigurationPropertyValueException("roster.discovery.health.group", group,
                        "There is no such health group; there are " + groups.getNames() + ".");
            }
            return new ActuatorHealth(endpoint, group);
        }
    }
}
