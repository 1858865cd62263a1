package dev.roster.spring.config;

import dev.roster.spring.health.ApplicationHealth;
import dev.roster.spring.health.RosterApplicationHealthAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Reports of an application that imports configuration from Roster on what becomes of it. */
@AutoConfiguration(after = {RosterConfigAutoConfiguration.class, RosterApplicationHealthAutoConfiguration.class})
@ConditionalOnBean(RosterConfigSource.class)
@ConditionalOnBooleanProperty(name = "roster.config.reports.enabled", matchIfMissing = true)
public final class RosterConfigReportAutoConfiguration {

    @Bean
    RosterConfigReports rosterConfigReports(RosterConfigSource source, ObjectProvider<ApplicationHealth> health) {
        return new RosterConfigReports(source, health.getIfAvailable());
    }
}
