package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.log.entry.ConfigurationEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of three with our guards, whose leaders are played by the test. */
class PlayedLeaderTest {

    private static final MemberId LEADER = MemberId.from("m2");
    private static final List<String> THREE = List.of("m1", "m2", "m3");
    private static final List<String> TWO = List.of("m1", "m2");
    private static final long TIME = 1;

    @TempDir
    Path directory;

    private PlayedGroup group;
    private RaftServerProtocol leader;
    private DurableRaftContext follower;

    @BeforeEach
    void play() {
        group = new PlayedGroup(directory, 3, new StorePrimitiveType(() -> {
            throw new AssertionError("nothing is applied here");
        }));
        leader = group.play(LEADER);
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void dropsNoCommittedEntriesAndLeavesTheMarkWhereItIs() throws Exception {
        follower = group.startOurs();
        append(1, 0, 0, 10, entries(1, 10));

        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> follower.getLogWriter().truncate(5),
                follower.getThreadContext()).get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("A leader asked this member to drop committed entries.");

        assertThat(follower.getLogWriter().getLastIndex()).isEqualTo(10);
        try (HighWaterMark mark = HighWaterMark.open(group.raft().resolve("mark"), true)) {
            assertThat(mark.index()).isEqualTo(10);
        }
    }

    /** As root may write anywhere, a directory stands in the way of the file. */
    @Test
    void stopsWhenItCannotRememberItsVote() throws Exception {
        follower = group.startOurs();
        append(1, 0, 0, 0, List.of());
        Files.createDirectory(group.raft().resolve("votes.tmp"));

        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> follower.setLastVotedFor(LEADER),
                follower.getThreadContext()).get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("What this member has to remember could not be written.");
    }

    @Test
    void takesEntriesWhileItAbstainsAndCountsForNone() throws Exception {
        startAbstaining();

        AppendResponse entries = append(5, 0, 0, 5, entries(5, 10));
        AppendResponse heartbeat = append(5, 10, 5, 10, List.of());

        assertThat(List.of(entries, heartbeat)).allSatisfy(answer -> {
            assertThat(answer.succeeded()).isTrue();
            assertThat(answer.lastLogIndex()).isZero();
        });
        assertThat(follower.getLogWriter().getLastIndex()).isEqualTo(10);
        assertThat(follower.getCommitIndex()).isEqualTo(10);
        assertThat(abstains()).as("nobody knows when these entries were made").exists();
    }

    @Test
    void countsAgainOnceItIsShownWhatItProposedSince() throws Exception {
        startAbstaining();
        append(5, 0, 0, 10, entries(5, 10));

        follower.abstention().shownOwnEntry();
        AppendResponse heartbeat = append(5, 10, 5, 10, List.of());

        assertThat(heartbeat.lastLogIndex()).isEqualTo(10);
        assertThat(abstains()).doesNotExist();
        assertThat(new VoteLedger(group.raft().resolve("votes")).voteIn(5)).as("it has no vote in this term")
                .isEqualTo(LEADER.id());
    }

    @Test
    void abstainsAgainAfterARestart() throws Exception {
        startAbstaining();
        append(5, 0, 0, 10, entries(5, 10));
        follower.abstention().shownOwnEntry();
        group.stop();

        follower = group.startOurs();

        assertThat(append(5, 10, 5, 10, List.of()).lastLogIndex()).isZero();
    }

    @Test
    void goesBackToTheListThatAnotherLeaderTells() throws Exception {
        startWithAListAt30();
        configure(2, 50, TWO);
        assertThat(voters()).as("it goes by what is not committed").isEqualTo(TWO);

        configure(3, 30, THREE);

        expectList(30, THREE);
    }

    @Test
    void goesBackWhenAnotherEntryComesInPlaceOfAList() throws Exception {
        startWithAListAt30();
        configure(2, 50, TWO);

        append(3, 49, 1, 49, entries(3, 1));

        expectList(30, THREE);
    }

    @Test
    void goesBackToTheListOfTheBeginningAlsoAfterARestart() throws Exception {
        follower = group.startOurs();
        append(1, 0, 0, 5, entries(1, 5));
        configure(2, 6, TWO);
        group.stop();
        follower = group.startOurs();
        assertThat(voters()).isEqualTo(TWO);

        append(3, 5, 1, 5, entries(3, 1));

        expectList(0, THREE);
    }

    @Test
    void keepsAListThatItsLeaderToldWhileItCatchesUp() throws Exception {
        follower = group.startOurs();
        append(2, 0, 0, 5, entries(1, 5));
        configure(2, 20, TWO);

        append(2, 5, 1, 5, entries(2, 5));
        configure(2, 0, THREE);

        expectList(20, TWO);
    }

    private void startWithAListAt30() throws Exception {
        follower = group.startOurs();
        List<RaftLogEntry> log = entries(1, 49);
        log.set(29, new ConfigurationEntry(1, TIME, members(THREE)));
        append(1, 0, 0, 49, log);
    }

    private void expectList(long index, List<String> voters) {
        assertThat(voters()).isEqualTo(voters);
        assertThat(follower.getCluster().getConfiguration().index()).isEqualTo(index);
        group.stop();
        follower = group.startOurs();
        assertThat(voters()).isEqualTo(voters);
        assertThat(follower.getCluster().getConfiguration().index()).isEqualTo(index);
    }

    private List<String> voters() {
        group.settle();
        return follower.getCluster().getMembers().stream()
                .filter(member -> member.getType() == RaftMember.Type.ACTIVE)
                .map(member -> member.memberId().id()).sorted().toList();
    }

    private void configure(long term, long index, List<String> voters) throws Exception {
        var answer = leader.configure(PlayedGroup.SELF, ConfigureRequest.builder().withTerm(term).withLeader(LEADER)
                .withIndex(index).withTime(TIME).withMembers(members(voters)).build()).get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(RaftResponse.Status.OK);
    }

    private static List<RaftMember> members(List<String> voters) {
        List<RaftMember> members = new ArrayList<>();
        for (String voter : voters) {
            members.add(new DefaultRaftMember(MemberId.from(voter), RaftMember.Type.ACTIVE, Instant.EPOCH));
        }
        return members;
    }

    private void startAbstaining() throws IOException {
        Files.createDirectories(group.raft());
        Files.createFile(abstains());
        follower = group.startOurs();
    }

    private Path abstains() {
        return group.raft().resolve("abstains");
    }

    private AppendResponse append(long term, long previous, long previousTerm, long committed,
            List<? extends RaftLogEntry> entries) throws Exception {
        return leader.append(PlayedGroup.SELF, AppendRequest.builder().withTerm(term).withLeader(LEADER)
                .withPrevLogIndex(previous).withPrevLogTerm(previousTerm).withEntries(new ArrayList<>(entries))
                .withCommitIndex(committed).build()).get(10, TimeUnit.SECONDS);
    }

    private static List<RaftLogEntry> entries(long term, int count) {
        List<RaftLogEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new InitializeEntry(term, i));
        }
        return entries;
    }
}
