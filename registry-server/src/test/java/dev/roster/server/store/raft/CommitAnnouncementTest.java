package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members whose leader has no heartbeat to speak of: what is committed they learn from the announcement only. */
class CommitAnnouncementTest {

    @TempDir
    Path directory;

    private final List<AtomixReplicator> members = new ArrayList<>();
    private LocalGroup group;

    @BeforeEach
    void startMembers() {
        group = new LocalGroup(directory, 3);
        for (String member : List.of("m1", "m2", "m3")) {
            RaftConfig config = group.config(member);
            members.add(group.start(new RaftConfig(member, config.members(), config.bindAddress(), config.directory(),
                    Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofSeconds(20), null)));
        }
    }

    @AfterEach
    void closeMembers() {
        members.forEach(AtomixReplicator::close);
        assertThat(group.fatalities()).isEmpty();
    }

    @Test
    void tellsFollowersAtOnce() {
        await("each member acknowledges writes in one term").atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> {
                    long term = members.getFirst().term();
                    for (AtomixReplicator member : members) {
                        for (int i = 0; i < 3; i++) {
                            member.propose(Txn.of(new PutKey(Key.of("k"), Value.of("v")))).get(20, TimeUnit.SECONDS);
                        }
                    }
                    return members.stream().allMatch(member -> member.term() == term);
                });
    }
}
