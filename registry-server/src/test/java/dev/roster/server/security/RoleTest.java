package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void includesItselfAndLesserOnes() {
        for (Role role : Role.values()) {
            for (Role other : Role.values()) {
                assertThat(role.includes(other)).as(role + " " + other).isEqualTo(role.ordinal() >= other.ordinal());
            }
        }
        assertThat(Role.values()).containsExactly(Role.READER, Role.APPLICATION, Role.EDITOR, Role.ADMIN);
    }

    @Test
    void saysWhichRoleIsNeededAndHeld() {
        Caller caller = new Caller("eve", Role.READER, Caller.Means.PASSWORD, "192.0.2.7", null);

        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> caller.require(Role.EDITOR))
                .withMessage("role editor is needed, the caller has role reader")
                .satisfies(e -> assertThat(e.needed()).isEqualTo(Role.EDITOR))
                .satisfies(e -> assertThat(e.held()).isEqualTo(Role.READER));
    }
}
