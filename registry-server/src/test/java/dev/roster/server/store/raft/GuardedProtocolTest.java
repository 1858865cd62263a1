package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.protocol.VoteRequest;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
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

/** One member of two, whose other member is played by the test. */
class GuardedProtocolTest {

    private static final MemberId OTHER = MemberId.from("m2");
    private static final MemberId STRANGER = MemberId.from("m9");
    private static final long LATER_TERM = 1_000;
    private static final int MAX_ENTRY_BYTES = 1_000_000;

    @TempDir
    Path directory;

    private PlayedGroup group;
    private RaftServerProtocol other;

    @BeforeEach
    void play() {
        group = new PlayedGroup(directory, 2, new StorePrimitiveType(() -> {
            throw new AssertionError("nothing is applied here");
        })).with(storage -> storage.withMaxEntrySize(MAX_ENTRY_BYTES));
        other = group.play(OTHER);
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void stockAtomixVotesForAnybodyWhenItsLogIsInASnapshot() throws Exception {
        emptyLogBehindASnapshot();
        group.startStock();

        assertThat(votesForCandidateWith(1, 1)).as("the defect that is guarded against").isTrue();
    }

    @Test
    void votesForNobodyWhoLacksWhatIsInItsSnapshot() throws Exception {
        long last = emptyLogBehindASnapshot();
        group.startOurs();

        assertThat(votesForCandidateWith(last - 1, 1)).isFalse();
        assertThat(votesForCandidateWith(0, 0)).isFalse();
    }

    @Test
    void votesForWhoeverHasWhatIsInItsSnapshot() throws Exception {
        long last = emptyLogBehindASnapshot();
        group.startOurs();

        assertThat(votesForCandidateWith(last, 1)).isTrue();
    }

    @Test
    void stockAtomixCommitsItsOwnEntriesOnTheWordOfALeaderThatHasCompactedThem() throws Exception {
        RaftContext stock = group.startStock();

        var response = other.append(PlayedGroup.SELF, heartbeatAfter(7, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.succeeded()).as("the defect that is guarded against").isTrue();
        assertThat(stock.getCommitIndex()).isEqualTo(7);
    }

    @Test
    void stockAtomixNeverAnswersWhenAnEntryIsTooLarge() throws Exception {
        group.startStock();

        CompletableFuture<AppendResponse> tooLarge = other.append(PlayedGroup.SELF, AppendRequest.builder()
                .withTerm(LATER_TERM).withLeader(OTHER).withPrevLogIndex(0).withPrevLogTerm(0)
                .withEntries(new ArrayList<>(List.of(new CommandEntry(LATER_TERM, 1, 1, 1,
                        new PrimitiveOperation(OperationId.command("append"), new byte[MAX_ENTRY_BYTES + 1])))))
                .withCommitIndex(0).build());
        // Comes after it, over the same connection, to the same thread.
        var after = other.append(PlayedGroup.SELF, heartbeatAfter(0, 0)).get(10, TimeUnit.SECONDS);

        assertThat(after.succeeded()).isTrue();
        assertThat(tooLarge).as("the defect that is guarded against").isNotDone();
    }

    @Test
    void refusesEntriesThatMayNotJoin() throws Exception {
        RaftContext guarded = group.startOurs();

        other.append(PlayedGroup.SELF, heartbeatAfter(0, 0)).get(10, TimeUnit.SECONDS);
        var response = other.append(PlayedGroup.SELF, heartbeatAfter(7, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.succeeded()).isFalse();
        assertThat(response.lastLogIndex()).isZero();
        assertThat(guarded.getCommitIndex()).isZero();
    }

    @Test
    void joinsEntriesThatFollowItsSnapshot() throws Exception {
        long last = emptyLogBehindASnapshot();
        RaftContext guarded = group.startOurs();

        var response = other.append(PlayedGroup.SELF, heartbeatAfter(last, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.succeeded()).isTrue();
        assertThat(guarded.getCommitIndex()).isEqualTo(last);
    }

    @Test
    void stockAtomixTakesOverTheTermOfACandidateThatIsNoMember() throws Exception {
        RaftContext stock = group.startStock();

        var _ = other.vote(PlayedGroup.SELF, voteFor(STRANGER, 0, 0)).get(10, TimeUnit.SECONDS);

        assertThat(stock.getTerm()).as("the defect that is guarded against").isEqualTo(LATER_TERM);
    }

    @Test
    void aCandidateThatIsNoMemberHasNoEffect() throws Exception {
        RaftContext guarded = group.startOurs();

        var response = other.vote(PlayedGroup.SELF, voteFor(STRANGER, 0, 0)).get(10, TimeUnit.SECONDS);

        assertThat(response.voted()).isFalse();
        assertThat(guarded.getTerm()).isZero();
    }

    @Test
    void stockAtomixTakesAListOfMembersFromALeaderOfThePast() throws Exception {
        RaftContext stock = group.startStock();
        other.append(PlayedGroup.SELF, heartbeatAfter(0, 0)).get(10, TimeUnit.SECONDS);

        other.configure(PlayedGroup.SELF, listOfAnEarlierTerm()).get(10, TimeUnit.SECONDS);

        assertThat(stock.getCluster().getConfiguration().index()).as("the defect that is guarded against")
                .isEqualTo(99);
    }

    @Test
    void takesNoListOfMembersFromALeaderOfThePast() throws Exception {
        RaftContext guarded = group.startOurs();
        other.append(PlayedGroup.SELF, heartbeatAfter(0, 0)).get(10, TimeUnit.SECONDS);
        long before = guarded.getCluster().getConfiguration().index();

        var response = other.configure(PlayedGroup.SELF, listOfAnEarlierTerm()).get(10, TimeUnit.SECONDS);

        assertThat(response.status()).isEqualTo(RaftResponse.Status.ERROR);
        assertThat(guarded.getCluster().getConfiguration().index()).isEqualTo(before);
    }

    private static ConfigureRequest listOfAnEarlierTerm() {
        return ConfigureRequest.builder().withTerm(LATER_TERM - 1).withLeader(OTHER).withIndex(99).withTime(1)
                .withMembers(new ArrayList<>(List.of(voter(PlayedGroup.SELF), voter(OTHER)))).build();
    }

    private static RaftMember voter(MemberId member) {
        return new DefaultRaftMember(member, RaftMember.Type.ACTIVE, Instant.EPOCH);
    }

    private AppendRequest heartbeatAfter(long index, long term) {
        return AppendRequest.builder().withTerm(LATER_TERM).withLeader(OTHER).withPrevLogIndex(index)
                .withPrevLogTerm(term).withEntries(new ArrayList<>()).withCommitIndex(index).build();
    }

    private boolean votesForCandidateWith(long lastIndex, long lastTerm) throws Exception {
        return other.vote(PlayedGroup.SELF, voteFor(OTHER, lastIndex, lastTerm)).get(10, TimeUnit.SECONDS).voted();
    }

    private static VoteRequest voteFor(MemberId candidate, long lastIndex, long lastTerm) {
        return VoteRequest.builder().withTerm(LATER_TERM + lastIndex).withCandidate(candidate)
                .withLastLogIndex(lastIndex).withLastLogTerm(lastTerm).build();
    }

    /** Leaves a snapshot, and a log from which all is cut, as after a snapshot came from a leader; returns its entry. */
    private long emptyLogBehindASnapshot() throws Exception {
        LocalGroup alone = new LocalGroup(directory, 1);
        try (AtomixReplicator member = alone.start("m1")) {
            for (int i = 0; i < 20; i++) {
                member.propose(Txn.of(new PutKey(Key.of("k" + i), Value.of("v")))).get(20, TimeUnit.SECONDS);
            }
            member.takeSnapshot().get(20, TimeUnit.SECONDS);
        }
        assertThat(alone.fatalities()).isEmpty();
        for (Path file : SegmentFile.list(group.raft(), PlayedGroup.NAME)) {
            Files.delete(file);
        }
        for (String file : List.of("mark", "votes", "roster.meta", "roster.conf")) {
            Files.deleteIfExists(group.raft().resolve(file));
        }
        return new SyncedSnapshotStore(group.storage()).boundary().index();
    }
}
