package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandingTest {

    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(Standing.Role role) {
        Standing standing = new Standing(true, UUID.randomUUID(), UUID.randomUUID(), 4711, role);

        assertThat(Standing.decode(standing.encode())).isEqualTo(standing);
    }

    @Test
    void mayBeOfNoCluster() {
        Standing standing = new Standing(false, UUID.randomUUID(), null, 0, Standing.Role.UNKNOWN);

        assertThat(Standing.decode(standing.encode())).isEqualTo(standing);
    }

    @Test
    void refusesAnythingElse() {
        byte[] said = new Standing(true, UUID.randomUUID(), null, 1, Standing.Role.VOTER).encode();
        said[0] = 9;

        assertThatIllegalArgumentException().isThrownBy(() -> Standing.decode(said));
        assertThatIllegalArgumentException().isThrownBy(() -> Standing.decode(new byte[0]));
        said[0] = 1;
        said[said.length - 1] = 7;
        assertThatIllegalArgumentException().isThrownBy(() -> Standing.decode(said));
    }
}
