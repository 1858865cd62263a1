package dev.roster.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;

/** Health of the connection: present, absent, overridden, disabled. Nothing is connected. */
class RosterHealthAutoConfigurationTest {
    private static final String BEAN = "rosterHealthIndicator";

    @TempDir
    Path lastGood;

    @Test
    void tellsHowTheConnectionIs() {
        Contexts.of(lastGood).run(context -> assertThat(context).getBean(BEAN)
                .isInstanceOfSatisfying(RosterHealthIndicator.class,
                        indicator -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP)));
    }

    @Test
    void tellsNothingWithoutActuator() {
        Contexts.of(lastGood).withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
    }

    @Test
    void tellsNothingWhenSwitchedOff() {
        for (String property : List.of("management.health.roster.enabled=false", "roster.client.enabled=false")) {
            Contexts.of(lastGood).withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
        }
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        HealthIndicator own = () -> Health.down().build();

        Contexts.of(lastGood).withBean(BEAN, HealthIndicator.class, () -> own)
                .run(context -> assertThat(context).getBean(BEAN).isSameAs(own));
    }
}
