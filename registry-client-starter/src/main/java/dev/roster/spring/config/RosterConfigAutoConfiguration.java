package dev.roster.spring.config;

import dev.roster.spring.client.ApplicationThreads;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.cloud.util.ConditionalOnBootstrapDisabled;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Live refresh of an application that imports configuration from Roster. */
@AutoConfiguration(after = RosterClientAutoConfiguration.class, before = {RefreshAutoConfiguration.class,
        ConfigurationPropertiesRebinderAutoConfiguration.class})
@ConditionalOnBean(RosterConfigSource.class)
@ConditionalOnBooleanProperty(name = RefreshAutoConfiguration.REFRESH_SCOPE_ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "roster.config.refresh.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterConfigProperties.class)
public final class RosterConfigAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    ConfigurationPropertiesRebinder configurationPropertiesRebinder(ConfigurationPropertiesBeans beans,
            ApplicationContext context) {
        return new SelectiveRebinder(beans, context);
    }

    @Bean
    @ConditionalOnBootstrapDisabled
    @ConditionalOnMissingBean(ContextRefresher.class)
    RosterContextRefresher rosterContextRefresher(ConfigurableApplicationContext context, RefreshScope scope,
            RefreshProperties properties, RosterConfigSource source, ConfigurationPropertiesRebinder rebinder) {
        return new RosterContextRefresher(context, scope, properties, source, rebinder);
    }

    @Bean
    LoggingLevelRefresher rosterLoggingLevelRefresher(LoggingSystem system, Environment environment,
            ObjectProvider<LoggerGroups> groups) {
        return new LoggingLevelRefresher(system, environment, groups.getIfAvailable());
    }

    @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
    ExecutorService rosterRefreshExecutor(Environment environment) {
        return Executors.newSingleThreadExecutor(ApplicationThreads.named("roster-refresh", environment));
    }

    @Bean
    @ConditionalOnMissingBean
    RosterConfigRefresher rosterConfigRefresher(RosterConfigSource source, ContextRefresher refresher,
            ConfigurableApplicationContext context, @Qualifier("rosterRefreshExecutor") ExecutorService thread) {
        return new RosterConfigRefresher(source, refresher, context, thread);
    }
}
