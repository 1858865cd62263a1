package dev.roster.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a container is told before it is started; no Docker engine is needed for that. */
class RosterContainerTest {

    @Test
    void publishesThePortOfTheApi() {
        try (RosterContainer container = new RosterContainer("roster:0.1.0")) {
            assertThat(container.getExposedPorts()).containsExactly(7400);
        }
    }

    @Test
    void givesTheServerAPasswordOfItsOwn() {
        try (RosterContainer one = new RosterContainer("roster:0.1.0");
                RosterContainer other = new RosterContainer("registry.example.com/team/roster:0.1.0")) {
            assertThat(one.adminPassword()).hasSizeGreaterThan(30).isNotEqualTo(other.adminPassword());
            assertThat(one.getEnvMap()).containsEntry("ROSTER_SECURITY_ADMINPASSWORDFILE",
                    "/etc/roster/admin-password");
        }
    }
}
