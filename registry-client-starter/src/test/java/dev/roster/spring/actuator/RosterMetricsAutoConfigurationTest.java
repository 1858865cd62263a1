package dev.roster.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;

/** The meters: present, absent, overridden, disabled. Nothing is connected. */
class RosterMetricsAutoConfigurationTest {

    @TempDir
    Path lastGood;

    @Test
    void measures() {
        Contexts.of(lastGood).run(context -> assertThat(context).hasSingleBean(RosterMetrics.class));
    }

    @Test
    void measuresNothingWithoutMicrometer() {
        Contexts.of(lastGood).withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("rosterMetrics"));
    }

    @Test
    void measuresNothingWithoutClient() {
        Contexts.of(lastGood).withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("rosterMetrics"));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        try (RosterClient client = RosterClient.builder().build()) {
            RosterMetrics own = new RosterMetrics(client, null, null, null);

            Contexts.of(lastGood).withBean(RosterMetrics.class, () -> own)
                    .run(context -> assertThat(context).getBean(RosterMetrics.class).isSameAs(own));
        }
    }
}
