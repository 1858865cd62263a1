package dev.roster.server.store.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members in one process. */
class AtomixGroupTest {

    @TempDir
    Path directory;

    private LocalGroup group;
    private final Map<String, AtomixReplicator> members = new HashMap<>();

    @BeforeEach
    void startMembers() {
        group = new LocalGroup(directory, 3);
        for (String member : new String[]{"m1", "m2", "m3"}) {
            members.put(member, group.start(member));
        }
    }

    @AfterEach
    void closeMembers() {
        members.values().forEach(AtomixReplicator::close);
        assertThat(group.fatalities()).isEmpty();
    }

    @Test
    void showsAWriteOnEveryMemberAfterABarrier() throws Exception {
        members.get("m1").propose(put("a")).get(20, TimeUnit.SECONDS);

        for (AtomixReplicator member : members.values()) {
            member.readBarrier().get(20, TimeUnit.SECONDS);
            assertThat(member.stateMachine().view().find(Key.of("a"))).isPresent();
        }
    }

    @Test
    void carriesQuestionsFromMemberToMember() throws Exception {
        members.get("m1").propose(put("a")).get(20, TimeUnit.SECONDS);
        members.get("m2").answerPeers("echo", question -> ("m2 " + new String(question, UTF_8)).getBytes(UTF_8),
                Runnable::run);
        members.get("m3").answerPeers("echo", _ -> {
            throw new IllegalStateException("can't");
        }, Runnable::run);

        for (String member : new String[]{"m1", "m3"}) {
            byte[] answer = ask(member, "m2", "echo").get(20, TimeUnit.SECONDS);
            assertThat(new String(answer, UTF_8)).isEqualTo("m2 hello");
        }
        for (String nobody : new String[]{"m1", "m3", "m9"}) {
            assertThat(ask("m2", nobody, "echo")).as(nobody).failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StoreUnavailableException.class);
        }
    }

    private CompletableFuture<byte[]> ask(String from, String to, String subject) {
        return members.get(from).askPeer(to, subject, "hello".getBytes(UTF_8), Duration.ofSeconds(2));
    }

    @Test
    void acknowledgesNothingThatAMajorityHasNotSynced() throws Exception {
        members.get("m1").propose(put("first")).get(20, TimeUnit.SECONDS);
        Map<String, Long> before = new HashMap<>();
        members.keySet().forEach(member -> before.put(member, group.syncs(member)));

        for (int i = 0; i < 20; i++) {
            members.get("m1").propose(put("k" + i)).get(20, TimeUnit.SECONDS);
        }

        long synced = members.keySet().stream()
                .filter(member -> group.syncs(member) - before.get(member) >= 20).count();
        assertThat(synced).isGreaterThanOrEqualTo(2);
    }

    @Test
    void goesOnWithoutItsLeaderAndLosesNothing() throws Exception {
        for (int i = 0; i < 50; i++) {
            members.get("m1").propose(put("before" + i)).get(20, TimeUnit.SECONDS);
        }
        String leader = members.get("m1").leader().orElseThrow();
        members.remove(leader).close();
        AtomixReplicator survivor = members.values().iterator().next();

        await("a survivor takes writes again").atMost(Duration.ofSeconds(30)).ignoreExceptions()
                .until(() -> survivor.propose(put("after")).get(10, TimeUnit.SECONDS) != null);

        assertThat(survivor.stateMachine().view().count(KeyRange.prefix("before"))).isEqualTo(50);
        members.put(leader, group.start(leader));
        members.get(leader).readBarrier().get(30, TimeUnit.SECONDS);
        assertThat(members.get(leader).stateMachine().view().find(Key.of("after"))).isPresent();
    }

    private static Txn put(String key) {
        return Txn.of(new PutKey(Key.of(key), Value.of("v")));
    }
}
