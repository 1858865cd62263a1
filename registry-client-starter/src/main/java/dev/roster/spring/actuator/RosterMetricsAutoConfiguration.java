package dev.roster.spring.actuator;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import dev.roster.spring.config.RosterConfigSource;
import dev.roster.spring.discovery.RosterDiscoveryAutoConfiguration;
import dev.roster.spring.discovery.ServiceView;
import dev.roster.spring.registration.RosterRegistrationAutoConfiguration;
import dev.roster.spring.registration.RosterServiceRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters for Micrometer; off with {@code management.metrics.enable.roster=false}. */
@AutoConfiguration(after = {RosterClientAutoConfiguration.class, RosterDiscoveryAutoConfiguration.class,
        RosterRegistrationAutoConfiguration.class})
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(RosterClient.class)
public final class RosterMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RosterMetrics rosterMetrics(RosterClient client, ObjectProvider<RosterServiceRegistry> registry,
            ObjectProvider<ServiceView> view, ObjectProvider<RosterConfigSource> source) {
        return new RosterMetrics(client, registry.getIfAvailable(), view.getIfAvailable(), source.getIfAvailable());
    }
}
