package dev.roster.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on configuration: present, absent, disabled. Nothing is connected. */
class RosterConfigReportAutoConfigurationTest {

    @TempDir
    Path lastGood;

    @Test
    void reportsOfAnApplicationThatImports() {
        Contexts.importing(lastGood).withPropertyValues("roster.config.refresh.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(RosterConfigReports.class));
    }

    @Test
    void reportsNothingOfAnApplicationThatDoesNot() {
        Contexts.of(lastGood)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterConfigReports.class));
    }

    @Test
    void reportsNothingWhenSwitchedOff() {
        Contexts.importing(lastGood)
                .withPropertyValues("roster.config.refresh.enabled=false", "roster.config.reports.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RosterConfigSource.class)
                        .doesNotHaveBean(RosterConfigReports.class));
    }
}
