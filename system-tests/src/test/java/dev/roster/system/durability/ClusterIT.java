package dev.roster.system.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.client.Consistency;
import dev.roster.client.RosterClient;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Three members. More lost leaders: {@code -Droster.cluster.rounds=50}. */
@Isolated
class ClusterIT {

    private static final int ROUNDS = Integer.getInteger("roster.cluster.rounds", 1);

    private static RosterCluster cluster;

    @BeforeAll
    static void startMembers() {
        cluster = RosterCluster.start();
    }

    @AfterAll
    static void endMembers() {
        cluster.close();
    }

    @Test
    void readsOnEveryMemberWhatWasWrittenOnOne() {
        RosterClient first = clientOf(cluster.members().getFirst());
        first.configs().create("written-on-one", new PublishRequest(ConfigFormat.TEXT, "text", null));

        for (RosterProcess member : cluster.members()) {
            assertThat(clientOf(member).withConsistency(Consistency.LINEARIZABLE).configs().get("written-on-one")
                    .content())
                    .isEqualTo("text");
        }
    }

    @Test
    void goesOnWithoutItsLeaderAndLosesNothing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RosterProcess leader = cluster.awaitLeader();
            try (Writers writers = Writers.start(cluster.clientOf(cluster.addresses()), "round-" + round, 4)) {
                await("some writes").atMost(Duration.ofSeconds(60)).until(() -> writers.acknowledgedCount() > 20);

                leader.kill();
                long killed = System.nanoTime();
                int before = writers.acknowledgedCount();
                // Writes that were answered already may be counted late: more than four threads have under way are new.
                await("writes without the leader").atMost(Duration.ofSeconds(60))
                        .until(() -> writers.acknowledgedCount() > before + 8);
                System.out.printf("round %d: writes again %d ms after the leader was killed%n", round,
                        (System.nanoTime() - killed) / 1_000_000);
                writers.close();

                leader.restart();
                for (RosterProcess member : cluster.members()) {
                    assertThat(writers.missingFrom(clientOf(member).withConsistency(Consistency.LINEARIZABLE)))
                            .as(cluster.id(member)).isEmpty();
                }
                System.out.printf("round %d: %d acknowledged writes, 0 missing on any member, %d not acknowledged%n",
                        round,
                        writers.acknowledgedCount(), writers.failedCount());
            }
        }
    }

    private static RosterClient clientOf(RosterProcess member) {
        List<URI> address = List.of(member.address());
        return cluster.clientOf(address);
    }
}
