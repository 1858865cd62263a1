package dev.roster.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The endpoint: present, absent, overridden, disabled. Nothing is connected. */
class RosterEndpointAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner exposed() {
        return Contexts.of(lastGood).withPropertyValues("management.endpoints.web.exposure.include=roster");
    }

    @Test
    void isThereWhenExposed() {
        exposed().run(context -> assertThat(context).hasSingleBean(RosterEndpoint.class));
    }

    @Test
    void isNotThereWithoutActuator() {
        exposed().withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterEndpoint.class));
    }

    @Test
    void isNotThereWhenNotExposedOrSwitchedOff() {
        Contexts.of(lastGood).run(context -> assertThat(context).doesNotHaveBean(RosterEndpoint.class));
        exposed().withPropertyValues("management.endpoint.roster.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(RosterEndpoint.class));
        exposed().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterEndpoint.class));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        try (RosterClient client = RosterClient.builder().build()) {
            RosterEndpoint own = new RosterEndpoint(client, null, null, null);

            exposed().withBean(RosterEndpoint.class, () -> own)
                    .run(context -> assertThat(context).getBean(RosterEndpoint.class).isSameAs(own));
        }
    }
}
