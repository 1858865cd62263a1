package dev.roster.spring.config;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Methods with {@link RosterConfigListener}. */
@AutoConfiguration(after = RosterClientAutoConfiguration.class)
@ConditionalOnBean(RosterClient.class)
@ConditionalOnBooleanProperty(name = "roster.config.enabled", matchIfMissing = true)
public final class RosterConfigListenerAutoConfiguration {

    @Bean
    static ConfigListeners rosterConfigListeners(RosterClient client, ConfigurableListableBeanFactory beans) {
        return new ConfigListeners(client, beans, Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "roster-config-listeners");
            thread.setDaemon(true);
            return thread;
        }));
    }
}
