package dev.roster.spring.actuator;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import dev.roster.spring.registration.RosterRegistrationAutoConfiguration;
import dev.roster.spring.registration.RosterServiceRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health of the connection with Roster; off with {@code management.health.roster.enabled=false}. */
@AutoConfiguration(after = {RosterClientAutoConfiguration.class, RosterRegistrationAutoConfiguration.class})
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(RosterClient.class)
public final class RosterHealthAutoConfiguration {

    // Nested: Spring needs the class of this condition to read it, even where there is no Actuator.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator("roster")
    static class Indicator {

        @Bean
        @ConditionalOnMissingBean(name = "rosterHealthIndicator")
        HealthIndicator rosterHealthIndicator(RosterClient client, ObjectProvider<RosterServiceRegistry> registries) {
            return new RosterHealthIndicator(client, registries.stream().toList());
        }
    }
}
