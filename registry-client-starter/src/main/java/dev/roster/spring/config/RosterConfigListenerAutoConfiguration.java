package dev.roster.spring.config;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.ApplicationThreads;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Methods with {@link RosterConfigListener}. */
@AutoConfiguration(after = RosterClientAutoConfiguration.class)
@ConditionalOnBean(RosterClient.class)
@ConditionalOnBooleanProperty(name = "roster.config.enabled", matchIfMissing = true)
public final class RosterConfigListenerAutoConfiguration {

    @Bean
    static ConfigListeners rosterConfigListeners(RosterClient client, ConfigurableListableBeanFactory beans,
            Environment environment) {
        return new ConfigListeners(client, beans,
                Executors.newSingleThreadExecutor(ApplicationThreads.named("roster-config-listeners", environment)));
    }
}
