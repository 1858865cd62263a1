package dev.roster.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the application says of itself: present, absent, overridden, disabled. Nothing is connected. */
class RosterApplicationHealthAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return Contexts.of(lastGood).withConfiguration(AutoConfigurations
                .of(HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class));
    }

    @Test
    void isWhatActuatorSays() {
        application().run(context -> assertThat(context).getBean(ApplicationHealth.class)
                .isInstanceOf(ActuatorHealth.class).extracting(ApplicationHealth::ask)
                .isEqualTo(ApplicationHealth.Answer.SERVING));
    }

    @Test
    void isUnknownWithoutActuator() {
        Contexts.of(lastGood)
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.health", "org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApplicationHealth.class));
        Contexts.of(lastGood)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApplicationHealth.class));
    }

    @Test
    void isNotAskedWithoutClient() {
        application().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApplicationHealth.class));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        ApplicationHealth own = () -> ApplicationHealth.Answer.NOT_READY;

        application().withBean(ApplicationHealth.class, () -> own)
                .run(context -> assertThat(context).getBean(ApplicationHealth.class).isSameAs(own));
    }

    @Test
    void refusesAGroupThatIsNotThere() {
        application().withPropertyValues("roster.discovery.health.group=nothing")
                .run(context -> assertThat(context).getFailure().rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("roster.discovery.health.group"));
    }
}
