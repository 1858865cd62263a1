package dev.roster.spring.discovery;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.ApplicationThreads;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Finding services: the discovery clients, and the event of changes. */
@AutoConfiguration(after = RosterClientAutoConfiguration.class, before = {SimpleDiscoveryClientAutoConfiguration.class,
        CommonsClientAutoConfiguration.class, ReactiveCompositeDiscoveryClientAutoConfiguration.class,
        ReactiveCommonsClientAutoConfiguration.class})
@ConditionalOnBean(RosterClient.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "roster.discovery.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterDiscoveryProperties.class)
public final class RosterDiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServiceView rosterServiceView(RosterClient client, RosterDiscoveryProperties properties,
            ConfigurableApplicationContext context, ObjectProvider<ServiceChangeListener> listeners) {
        List<ServiceChangeListener> ordered = listeners.orderedStream().toList();
        return new ServiceView(client, properties.lookupTimeout(), changed -> {
            ordered.forEach(listener -> listener.changed(changed.service()));
            if (context.isActive()) {
                context.publishEvent(new HeartbeatEvent(client, changed.service() + "@" + changed.revision()));
            }
        });
    }

    @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
    ScheduledExecutorService rosterNamesExecutor(Environment environment) {
        return Executors.newSingleThreadScheduledExecutor(ApplicationThreads.named("roster-names", environment));
    }

    @Bean
    ServiceNamesWatch rosterServiceNamesWatch(RosterClient client, ServiceView view,
            RosterDiscoveryProperties properties, ConfigurableApplicationContext context,
            @Qualifier("rosterNamesExecutor") ScheduledExecutorService thread) {
        return new ServiceNamesWatch(view, properties.namesInterval(), thread,
                names -> context.publishEvent(new HeartbeatEvent(client, names)));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBlockingDiscoveryEnabled
    static class Blocking {

        @Bean
        @ConditionalOnMissingBean
        RosterDiscoveryClient rosterDiscoveryClient(ServiceView view, RosterDiscoveryProperties properties) {
            return new RosterDiscoveryClient(view, properties.order());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnReactiveDiscoveryEnabled
    static class Reactive {

        @Bean
        @ConditionalOnMissingBean
        RosterReactiveDiscoveryClient rosterReactiveDiscoveryClient(ServiceView view,
                RosterDiscoveryProperties properties) {
            return new RosterReactiveDiscoveryClient(view, properties.order());
        }
    }
}
