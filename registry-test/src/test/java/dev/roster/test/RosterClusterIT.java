package dev.roster.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRequest;
import dev.roster.client.RosterClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three members, of which the leader dies: the client goes on. */
class RosterClusterIT {

    @Test
    void goesOnWithoutItsLeader() {
        try (RosterCluster cluster = RosterCluster.start()) {
            ConfigItem first = cluster.client().configs().create("app",
                    new PublishRequest(ConfigFormat.TEXT, "1", null));
            RosterProcess leader = cluster.awaitLeader();
            assertThat(cluster.followers()).hasSize(2).doesNotContain(leader);

            leader.kill();
            RosterProcess next = cluster.awaitLeader();
            assertThat(next).isNotSameAs(leader);
            assertThat(cluster.client().configs().get("app").content()).isEqualTo("1");
            cluster.client().configs().publish("app", first.version(),
                    new PublishRequest(ConfigFormat.TEXT, "2", null));
            leader.restart();

            try (RosterClient returned = cluster.clientOf(List.of(leader.address()))) {
                assertThat(returned.configs().get("app").content()).isEqualTo("2");
            }
        }
    }
}
