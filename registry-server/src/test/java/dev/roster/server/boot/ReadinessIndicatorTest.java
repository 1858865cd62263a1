package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.cluster.ClusterState;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

class ReadinessIndicatorTest {

    @ParameterizedTest
    @CsvSource({"member-2, true, true, UP", ", true, true, OUT_OF_SERVICE", "member-2, false, true, OUT_OF_SERVICE",
            "member-2, true, false, OUT_OF_SERVICE"})
    void needsALeaderAllThatWasCommittedAndAnAdmin(@Nullable String leader, boolean caughtUp, boolean admin,
            String status) {
        ClusterState state = new ClusterState(null, "member-1", leader, 1, 7, List.of(), caughtUp);

        ReadinessIndicator indicator = new ReadinessIndicator(() -> state, () -> admin);

        assertThat(indicator.health().getStatus().getCode()).isEqualTo(status);
    }
}
