package dev.roster.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Live refresh: present, absent, overridden, disabled. Nothing is connected. */
class RosterConfigAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private static ApplicationContextRunner with(ApplicationContextRunner application) {
        return application.withBean(LoggingSystem.class, () -> LoggingSystem.get(LoggingSystem.class.getClassLoader()));
    }

    private ApplicationContextRunner importing() {
        return with(Contexts.importing(lastGood));
    }

    @Test
    void refreshesAnApplicationThatImports() {
        importing().run(context -> assertThat(context).hasSingleBean(RosterConfigSource.class)
                .hasSingleBean(RosterClient.class).hasSingleBean(RosterConfigRefresher.class)
                .hasSingleBean(LoggingLevelRefresher.class).hasSingleBean(SelectiveRebinder.class)
                .getBean(ContextRefresher.class).isInstanceOf(RosterContextRefresher.class));
    }

    @Test
    void doesNothingInAnApplicationThatDoesNot() {
        with(Contexts.of(lastGood)).run(context -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(RosterConfigSource.class).doesNotHaveBean(RosterConfigRefresher.class)
                .doesNotHaveBean(SelectiveRebinder.class));
    }

    @Test
    void doesNothingWhenSwitchedOff() {
        for (String property : List.of("roster.config.refresh.enabled=false", "spring.cloud.refresh.enabled=false")) {
            importing().withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RosterConfigSource.class)
                            .doesNotHaveBean(RosterConfigRefresher.class).doesNotHaveBean(SelectiveRebinder.class));
        }
        for (String property : List.of("roster.config.enabled=false", "roster.client.enabled=false")) {
            importing().withPropertyValues(property).run(
                    context -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterConfigSource.class)
                            .doesNotHaveBean(RosterConfigRefresher.class));
        }
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        importing().withUserConfiguration(Own.class).run(context -> {
            assertThat(context).getBean(ContextRefresher.class).isInstanceOf(OwnRefresher.class);
            assertThat(context).getBean(ConfigurationPropertiesRebinder.class).isNotInstanceOf(SelectiveRebinder.class);
            assertThat(context).hasSingleBean(RosterConfigRefresher.class);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        ConfigurationPropertiesRebinder ownRebinder(ConfigurationPropertiesBeans beans) {
            return new ConfigurationPropertiesRebinder(beans);
        }

        @Bean
        ConfigDataContextRefresher ownRefresher(ConfigurableApplicationContext context, RefreshScope scope,
                RefreshProperties properties) {
            return new OwnRefresher(context, scope, properties);
        }
    }

    private static final class OwnRefresher extends ConfigDataContextRefresher {

        OwnRefresher(ConfigurableApplicationContext context, RefreshScope scope, RefreshProperties properties) {
            super(context, scope, properties);
        }

        @Override
        protected void updateEnvironment() {}

        @Override
        public synchronized Set<String> refresh() {
            return Set.of();
        }
    }
}
