package dev.roster.spring;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Live refresh of an application that imports configuration from Roster. */
@AutoConfiguration(after = {RosterClientAutoConfiguration.class, RefreshAutoConfiguration.class})
@ConditionalOnBean({RosterConfigSource.class, ContextRefresher.class})
@ConditionalOnBooleanProperty(name = "roster.config.refresh.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterConfigProperties.class)
public final class RosterConfigAutoConfiguration {

    @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
    ExecutorService rosterRefreshExecutor() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "roster-refresh");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    @ConditionalOnMissingBean
    RosterConfigRefresher rosterConfigRefresher(RosterConfigSource source, ContextRefresher refresher,
            ConfigurableApplicationContext context, @Qualifier("rosterRefreshExecutor") ExecutorService thread) {
        return new RosterConfigRefresher(source, refresher, context, thread);
    }
}
