package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.raft.MembershipChange.AddLearner;
import dev.roster.server.store.raft.MembershipChange.Promote;
import dev.roster.server.store.raft.MembershipChange.Remove;
import dev.roster.server.store.raft.MembershipChange.TransferLeadership;
import dev.roster.server.store.raft.MembershipRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Members that come and go while the others work. */
@Execution(ExecutionMode.CONCURRENT)
class MembershipTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final Map<String, AtomixReplicator> members = new TreeMap<>();
    private LocalGroup group;

    @BeforeEach
    void startThree() throws Exception {
        group = new LocalGroup(directory, 3);
        for (String member : List.of("m1", "m2", "m3")) {
            start(member);
        }
        put("m1", "first");
    }

    @AfterEach
    void close() {
        members.values().forEach(AtomixReplicator::close);
    }

    @Test
    void aMemberIsAddedCatchesUpAndIsGivenAVote() throws Exception {
        add("m4");

        await("m4 has what was written before").atMost(LONG).until(() -> has("m4", "first"));
        assertThat(voters("m4")).containsExactly("m1", "m2", "m3");
        change("m2", new Promote("m4"));

        for (String member : members.keySet()) {
            await(member + " counts four").atMost(LONG)
                    .until(() -> voters(member).equals(List.of("m1", "m2", "m3", "m4")));
        }
        put("m4", "by m4");
        await().atMost(LONG).until(() -> has("m1", "by m4"));
        noneHasStopped();
    }

    @Test
    void aLeaderWithoutRoomHandsOverToTheOneThatHasIt() throws Exception {
        String leader = leader();
        List<String> others = members.keySet().stream().filter(member -> !member.equals(leader)).toList();
        fill(others.getFirst());
        fill(leader);

        await("the one with room leads").atMost(LONG).until(() -> leader().equals(others.getLast()));

        put(others.getLast(), "written where there is room");
        noneHasStopped();
    }

    @Test
    void aLeaderGoesOnLeadingWhenNoneHasRoom() throws Exception {
        String leader = leader();
        long term = members.get(leader).term();
        members.keySet().stream().filter(member -> !member.equals(leader)).forEach(this::fill);
        fill(leader);

        await("it has asked the others").atMost(LONG).until(() -> group.meters(leader)
                .get("roster.store.leader.handovers").tag("outcome", "refused").counter().count() > 0);

        assertThat(leader()).isEqualTo(leader);
        assertThat(members.get(leader).term()).isEqualTo(term);
        noneHasStopped();
    }

    @Test
    void aNewVoterCountsAfterARestartOfAll() throws Exception {
        add("m4");
        await().atMost(LONG).until(() -> has("m4", "first"));
        change("m1", new Promote("m4"));
        stop("m1", "m2", "m3", "m4");

        // Two of four are no majority, though two of the three of the beginning would be one.
        start("m1");
        start("m2");
        await("nobody leads for as long as some elections take").during(Duration.ofSeconds(4)).atMost(LONG)
                .until(() -> members.get("m1").leader().isEmpty());
        start("m4");

        put("m4", "again");
        noneHasStopped();
    }

    @Test
    void aRemovedMemberStopsAndDisturbsNobody() throws Exception {
        String leader = leader();
        String removed = members.keySet().stream().filter(member -> !member.equals(leader)).findFirst().orElseThrow();
        long term = members.get(leader).term();

        change(removed, new Remove(removed));

        await("it stops").atMost(LONG).until(() -> group.fatalities().stream()
                .anyMatch(why -> why.startsWith(removed + ": This member was removed from the cluster.")));
        put(leader, "without it");
        assertThat(members.get(leader).term()).isEqualTo(term);
        assertThat(voters(leader)).hasSize(2).doesNotContain(removed);
    }

    @Test
    void aLeaderHandsOverBeforeItIsRemoved() throws Exception {
        String leader = leader();

        assertThat(refusal(leader, new Remove(leader))).isEqualTo(Reason.LEADER_CHANGED);
        await("another leads").atMost(LONG).until(() -> !leader().equals(leader));
        change(leader(), new Remove(leader));

        put(leader(), "without it");
        assertThat(voters(leader())).hasSize(2).doesNotContain(leader);
    }

    @Test
    void aMemberIsReplacedByAnother() throws Exception {
        String lost = members.keySet().stream().filter(member -> !member.equals(leader())).findFirst().orElseThrow();
        stop(lost);
        change(leader(), new Remove(lost));
        add("m4");
        await().atMost(LONG).until(() -> has("m4", "first"));
        change(leader(), new Promote("m4"));

        put("m4", "as good as before");
        assertThat(voters("m4")).hasSize(3).contains("m4").doesNotContain(lost);
    }

    @Test
    void aRemovedNameComesBackWithAnEmptyDirectory() throws Exception {
        String lost = members.keySet().stream().filter(member -> !member.equals(leader())).findFirst().orElseThrow();
        stop(lost);
        change(leader(), new Remove(lost));
        wipe(lost);

        start(lost);
        change(leader(), new AddLearner(lost));

        await("it has the state").atMost(LONG).until(() -> has(lost, "first"));
        await("it has a vote").atMost(LONG).ignoreExceptions().until(() -> {
            change(leader(), new Promote(lost));
            return true;
        });
        noneHasStopped();
    }

    @Test
    void leadershipIsHandedOver() throws Exception {
        String before = leader();
        String next = members.keySet().stream().filter(member -> !member.equals(before)).findFirst().orElseThrow();

        change("m1", new TransferLeadership(next));

        assertThat(members.get(next).leader()).contains(next);
        put(before, "under another");
        noneHasStopped();
    }

    @Test
    void allMembersMoveToOtherAddresses() throws Exception {
        stop("m1", "m2", "m3");
        group.move();

        for (String member : List.of("m1", "m2", "m3")) {
            start(member);
        }

        put("m2", "at other addresses");
        assertThat(has("m2", "first")).isTrue();
        noneHasStopped();
    }

    @Test
    void refusesWhatWouldCostTheMajorityOrMakesNoSense() throws Exception {
        String leader = leader();
        List<String> others = members.keySet().stream().filter(member -> !member.equals(leader)).toList();

        assertThat(refusal("m1", new AddLearner("m2"))).isEqualTo(Reason.EXISTS);
        assertThat(refusal("m1", new Promote("m9"))).isEqualTo(Reason.UNKNOWN_MEMBER);
        assertThat(refusal("m1", new Promote("m2"))).isEqualTo(Reason.NOTHING_TO_DO);
        assertThat(refusal("m1", new Remove("m9"))).isEqualTo(Reason.UNKNOWN_MEMBER);
        assertThat(refusal("m1", new TransferLeadership("m9"))).isEqualTo(Reason.UNKNOWN_MEMBER);
        assertThat(refusal("m1", new TransferLeadership(leader))).isEqualTo(Reason.NOTHING_TO_DO);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new AddLearner("M 4"));

        change(leader, new AddLearner("m4"));
        assertThat(refusal(leader, new TransferLeadership("m4"))).isEqualTo(Reason.UNKNOWN_MEMBER);
        assertThat(refusal(leader, new Promote("m4"))).isIn(Reason.NOT_CAUGHT_UP, Reason.MAJORITY_AT_RISK);

        stop(others.getFirst());
        await("it is missed").atMost(LONG).until(() -> members.get(leader).members().stream()
                .anyMatch(member -> member.id().equals(others.getFirst()) && !member.reachable()));
        assertThat(refusal(leader, new Remove(others.getLast()))).isEqualTo(Reason.MAJORITY_AT_RISK);
        assertThat(voters(leader)).containsExactly("m1", "m2", "m3");
    }

    @Test
    void dataOfAnotherClusterIsKeptOut() throws Exception {
        LocalGroup other = new LocalGroup(directory.resolve("other"), 1);
        try (AtomixReplicator alone = other.start("m1")) {
            for (int i = 0; i < 20; i++) {
                alone.propose(Txn.of(new PutKey(Key.of("alien" + i), Value.of("v")))).get(20, TimeUnit.SECONDS);
            }
        }
        stop("m1", "m2", "m3");
        wipe("m1");
        Files.move(directory.resolve("other").resolve("m1"), directory.resolve("m1"));

        for (String member : List.of("m1", "m2", "m3")) {
            start(member);
        }

        put("m2", "after");
        await("it says so").atMost(LONG).until(() -> group.fatalities().stream()
                .anyMatch(why -> why.startsWith("m1: The data of this member is of another cluster")));
        assertThat(has("m2", "first")).isTrue();
        assertThat(has("m2", "alien1")).isFalse();
    }

    private void noneHasStopped() {
        assertThat(group.fatalities()).isEmpty();
    }

    private void start(String member) {
        members.put(member, group.start(member));
    }

    private void stop(String... names) {
        for (String name : names) {
            members.remove(name).close();
        }
    }

    private void add(String member) throws Exception {
        change(leader(), new AddLearner(member));
        group.enlarge(member);
        start(member);
    }

    private void fill(String member) {
        group.leaveRoom(member, 0);
        await(member + " has noticed").atMost(LONG).until(
                () -> group.meters(member).get("roster.store.disk.usable").gauge().value() == 0);
    }

    private String leader() {
        return await().atMost(LONG).until(() -> members.values().stream()
                .flatMap(member -> member.leader().filter(members::containsKey).stream())
                .findFirst().orElse(null), leader -> leader != null);
    }

    private void change(String by, MembershipChange change) throws Exception {
        members.get(by).change(change).get(20, TimeUnit.SECONDS);
    }

    private Reason refusal(String by, MembershipChange change) throws Exception {
        try {
            change(by, change);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MembershipRefusedException refused) {
                return refused.reason();
            }
            throw e;
        }
        throw new AssertionError(change + " was made");
    }

    private List<String> voters(String by) {
        return members.get(by).members().stream().filter(MemberStatus::voter).map(MemberStatus::id).toList();
    }

    private void put(String by, String key) throws Exception {
        await("a write by " + by).atMost(LONG).ignoreExceptions().until(() -> members.get(by)
                .propose(Txn.of(new PutKey(Key.of(key), Value.of("v")))).get(10, TimeUnit.SECONDS) != null);
    }

    private boolean has(String member, String key) {
        return members.get(member).stateMachine().view().count(KeyRange.of(Key.of(key))) == 1;
    }

    private void wipe(String member) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(member))) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
