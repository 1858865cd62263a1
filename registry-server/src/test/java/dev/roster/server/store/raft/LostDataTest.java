package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three members, one of which loses its disk. Without {@link Abstention} the first of these tests loses its write. */
@Execution(ExecutionMode.CONCURRENT)
class LostDataTest {

    /** Some elections at the times of {@link LocalGroup}. */
    private static final Duration LONG_ENOUGH_FOR_AN_ELECTION = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private LocalGroup group;

    @BeforeEach
    void makeGroup() {
        group = new LocalGroup(directory, 3);
    }

    @AfterEach
    void expectNoStop() {
        assertThat(group.fatalities()).isEmpty();
    }

    @Test
    void membersThatLackAnAcknowledgedWriteElectNobody() throws Exception {
        try (AtomixReplicator one = group.start("m1");
                AtomixReplicator two = group.start("m2");
                AtomixReplicator three = group.start("m3")) {
            put(one, "shared by all");
            three.close();
            put(one, "on two of three");
            two.close();
        }
        wipe("m2");

        try (AtomixReplicator wiped = group.start("m2"); AtomixReplicator behind = group.start("m3")) {
            expectNoLeader(behind, wiped);

            try (AtomixReplicator whole = group.start("m1")) {
                for (AtomixReplicator member : List.of(wiped, behind, whole)) {
                    await("the write on " + member.member()).atMost(Duration.ofSeconds(30))
                            .until(() -> count(member, "on two of three") == 1);
                }
            }
        }
    }

    @Test
    void aMemberThatHasTakenTheStateAnewVotesAgain() throws Exception {
        try (AtomixReplicator one = group.start("m1");
                AtomixReplicator two = group.start("m2");
                AtomixReplicator three = group.start("m3")) {
            put(one, "before");
            two.close();
            wipe("m2");
            try (AtomixReplicator again = group.start("m2")) {
                await("the state").atMost(Duration.ofSeconds(30)).until(() -> count(again, "before") == 1);
                await("the vote").atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(abstains("m2")));
                one.close();

                await("a leader without m1").atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                    put(again, "after");
                    return true;
                });
                await().until(() -> count(three, "after") == 1);
            }
        }
    }

    @Test
    void aMemberThatIsEndedBeforeItHasTheStateStillDoesNotVote() throws Exception {
        try (AtomixReplicator one = group.start("m1");
                AtomixReplicator two = group.start("m2");
                AtomixReplicator three = group.start("m3")) {
            put(one, "before");
            two.close();
            three.close();
        }
        wipe("m2");
        // m1 alone has no majority: m2 learns that there is data, and gets none of it.
        try (AtomixReplicator one = group.start("m1"); AtomixReplicator wiped = group.start("m2")) {
            await("it knows").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(abstains("m2")));
            assertThat(one.leader()).isEmpty();
            assertThat(wiped.leader()).isEmpty();
        }

        try (AtomixReplicator wiped = group.start("m2"); AtomixReplicator one = group.start("m1")) {
            expectNoLeader(wiped, one);
        }
    }

    @Test
    void aMemberThatHasLostItsDataMakesNoMajority() throws Exception {
        try (AtomixReplicator one = group.start("m1");
                AtomixReplicator two = group.start("m2");
                AtomixReplicator three = group.start("m3")) {
            put(one, "before");
            AtomixReplicator leader = leader(one, two, three);
            List<AtomixReplicator> others = Stream.of(one, two, three).filter(member -> member != leader).toList();
            String lost = others.getFirst().member();
            String away = others.getLast().member();
            others.getFirst().close();
            wipe(lost);
            others.getLast().close();

            try (AtomixReplicator again = group.start(lost)) {
                await("it knows").atMost(Duration.ofSeconds(30)).until(() -> Files.exists(abstains(lost)));
                assertThat(leader.propose(Txn.of(new PutKey(Key.of("alone"), Value.of("v")))))
                        .failsWithin(Duration.ofSeconds(30));
                assertThat(abstains(lost)).exists();

                try (AtomixReplicator back = group.start(away)) {
                    await("a write").atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                        put(again, "together");
                        return true;
                    });
                    await("the vote").atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(abstains(lost)));
                    await().until(() -> count(back, "together") == 1);
                }
            }
        }
    }

    @Test
    void membersThatAreEndedBeforeTheyHaveTheFirstEntryHaveLostNothing() throws Exception {
        try (AtomixReplicator one = group.start("m1");
                AtomixReplicator two = group.start("m2");
                AtomixReplicator three = group.start("m3")) {
            put(one, "before");
            three.close();
            two.close();
        }
        leaveTheFirstEntryOnly(directory.resolve("m1").resolve("raft"));
        leaveAVoteOnly(directory.resolve("m2").resolve("raft"));
        leaveAVoteOnly(directory.resolve("m3").resolve("raft"));

        try (AtomixReplicator one = group.start("m1");
                AtomixReplicator two = group.start("m2");
                AtomixReplicator three = group.start("m3")) {
            await("a write").atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                put(three, "after");
                return true;
            });
            await("all have it").atMost(Duration.ofSeconds(30))
                    .until(() -> Stream.of(one, two, three).allMatch(member -> count(member, "after") == 1));
        }
    }

    /** Leaves what the first leader has on disk when it is ended before anybody else has its first entry. */
    private static void leaveTheFirstEntryOnly(Path raft) throws IOException {
        SegmentFile log = SegmentFile.read(raft.resolve("roster-1.log"));
        log.eraseAfter(1);
        Files.delete(raft.resolve("mark"));
        try (HighWaterMark mark = HighWaterMark.open(raft.resolve("mark"), false)) {
            mark.raise(1, log.termOf(1));
        }
    }

    /** Leaves what a member has on disk that has helped to elect the first leader, and was ended then. */
    private static void leaveAVoteOnly(Path raft) throws IOException {
        Files.delete(raft.resolve("mark"));
        Files.delete(raft.resolve("roster-1.log"));
        Files.deleteIfExists(raft.resolve("votes"));
        new VoteLedger(raft.resolve("votes")).record(1, "m1");
    }

    private static AtomixReplicator leader(AtomixReplicator... members) {
        return await().until(() -> Stream.of(members)
                .filter(member -> member.leader().filter(member.member()::equals).isPresent()).findFirst().orElse(null),
                leader -> leader != null);
    }

    @Test
    void onlyAllMembersTogetherBeginANewCluster() throws Exception {
        try (AtomixReplicator one = group.start("m1"); AtomixReplicator two = group.start("m2")) {
            expectNoLeader(one, two);

            try (AtomixReplicator three = group.start("m3")) {
                await("a leader").atMost(Duration.ofSeconds(30)).until(() -> three.leader().isPresent());
            }
        }
    }

    /** That nobody is elected can be seen in no other way than by looking for as long as an election takes. */
    private static void expectNoLeader(AtomixReplicator... members) {
        await("nobody leads").during(LONG_ENOUGH_FOR_AN_ELECTION).atMost(LONG_ENOUGH_FOR_AN_ELECTION.multipliedBy(4))
                .until(() -> Stream.of(members).allMatch(member -> member.leader().isEmpty()));
    }

    private static void put(AtomixReplicator member, String key) throws Exception {
        member.propose(Txn.of(new PutKey(Key.of(key), Value.of("v")))).get(20, TimeUnit.SECONDS);
    }

    private static long count(AtomixReplicator member, String key) {
        return member.stateMachine().view().count(KeyRange.of(Key.of(key)));
    }

    private Path abstains(String member) {
        return directory.resolve(member).resolve("raft").resolve("abstains");
    }

    private void wipe(String member) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(member))) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
