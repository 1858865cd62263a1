package dev.roster.spring.coordination;

import dev.roster.client.RosterClient;
import dev.roster.client.SessionKeeper;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Locks, leadership, semaphores, barriers, counters and queues. Nothing is asked of the server before something is used. */
@AutoConfiguration(after = RosterClientAutoConfiguration.class)
@ConditionalOnBean(RosterClient.class)
@ConditionalOnBooleanProperty(name = "roster.coordination.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterCoordinationProperties.class)
public final class RosterCoordinationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionKeeper rosterSessionKeeper(RosterClient client, RosterCoordinationProperties properties,
            Environment environment) {
        String name = properties.sessionName();
        return in(client, properties).keepSession(properties.sessionTtl(), name == null
                ? environment.getProperty("spring.application.name", "application") + ' '
                        + ProcessHandle.current().pid()
                : name);
    }

    @Bean
    LeaderElections rosterLeaderElections(SessionKeeper keeper, RosterClient client,
            RosterCoordinationProperties properties, ApplicationEventPublisher events, LeaderOnlyMethods methods) {
        String value = properties.leader().value();
        return new LeaderElections(keeper, in(client, properties).coordination(), events, methods,
                value == null ? "" : value);
    }

    @Bean
    @ConditionalOnMissingBean
    Coordination rosterCoordination(SessionKeeper keeper, RosterClient client,
            RosterCoordinationProperties properties, LeaderElections elections) {
        return new Coordination(keeper, in(client, properties).coordination(), elections);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LeaderOnlyMethods rosterLeaderOnlyMethods(Environment environment) {
        return new LeaderOnlyMethods(environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LeaderOnlyPostProcessor rosterLeaderOnlyPostProcessor(LeaderOnlyMethods methods,
            ObjectProvider<LeaderElections> elections) {
        return new LeaderOnlyPostProcessor(methods, elections::getObject);
    }

    private static RosterClient in(RosterClient client, RosterCoordinationProperties properties) {
        String namespace = properties.namespace();
        return namespace == null ? client : client.inNamespace(namespace);
    }
}
