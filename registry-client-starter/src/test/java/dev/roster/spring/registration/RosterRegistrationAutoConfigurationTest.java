package dev.roster.spring.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/** The registration: present, absent, overridden, disabled. Nothing is connected. */
class RosterRegistrationAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return Contexts.of(lastGood);
    }

    @Test
    void registersAndFollowsHealth() {
        application().run(context -> assertThat(context).hasSingleBean(RosterServiceRegistry.class)
                .hasSingleBean(RosterAutoServiceRegistration.class).hasSingleBean(HealthDrivenStatus.class)
                .getBean(Registration.class).isInstanceOf(RosterRegistration.class));
    }

    @Test
    void registersNothingWithoutClient() {
        application().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ServiceRegistry.class)
                        .doesNotHaveBean(AutoServiceRegistration.class));
    }

    @Test
    void registersNothingWhenSwitchedOff() {
        application().withPropertyValues("spring.cloud.service-registry.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ServiceRegistry.class)
                        .doesNotHaveBean(AutoServiceRegistration.class));
        for (String property : List.of("roster.discovery.register=false",
                "spring.cloud.service-registry.auto-registration.enabled=false")) {
            application().withPropertyValues(property)
                    .run(context -> assertThat(context).hasSingleBean(RosterServiceRegistry.class)
                            .doesNotHaveBean(AutoServiceRegistration.class).doesNotHaveBean(Registration.class)
                            .doesNotHaveBean(HealthDrivenStatus.class));
        }
    }

    @Test
    void registersWhateverTheHealthWhenToldTo() {
        application().withPropertyValues("roster.discovery.health.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(RosterAutoServiceRegistration.class)
                        .doesNotHaveBean(HealthDrivenStatus.class));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        RosterRegistration own = new RosterRegistration("own", "i", "h", 1, false, Duration.ofSeconds(30), null,
                Map.of());
        application().withBean(RosterRegistration.class, () -> own)
                .run(context -> assertThat(context).getBean(Registration.class).isSameAs(own));
        application().withBean(AutoServiceRegistration.class, () -> new AutoServiceRegistration() {})
                .run(context -> assertThat(context).hasSingleBean(AutoServiceRegistration.class)
                        .doesNotHaveBean(RosterAutoServiceRegistration.class));
    }
}
