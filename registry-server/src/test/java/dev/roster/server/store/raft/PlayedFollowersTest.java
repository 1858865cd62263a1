package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.protocol.VoteResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of three with our guards that leads, while the test plays the others. */
class PlayedFollowersTest {

    private static final MemberId OTHER = MemberId.from("m2");
    private static final MemberId THIRD = MemberId.from("m3");

    /** What the others say of entries that they are sent. */
    private enum Answer {
        HAS_ALL, HAS_FIRST_ONLY, HAS_LOST_ALL, ABSTAINS
    }

    @TempDir
    Path directory;

    private final List<RaftServerProtocol> others = new ArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private volatile Answer answer = Answer.HAS_ALL;
    private PlayedGroup group;
    private DurableRaftContext leader;

    @BeforeEach
    void lead() {
        group = new PlayedGroup(directory, 3, new StorePrimitiveType(() -> {
            throw new AssertionError("nothing is applied here");
        }));
        for (MemberId member : List.of(OTHER, THIRD)) {
            RaftServerProtocol other = group.play(member);
            other.registerVoteHandler(request -> CompletableFuture.completedFuture(VoteResponse.builder()
                    .withStatus(RaftResponse.Status.OK).withTerm(request.term()).withVoted(true).build()));
            other.registerConfigureHandler(request -> {
                lists.incrementAndGet();
                return CompletableFuture.completedFuture(
                        ConfigureResponse.builder().withStatus(RaftResponse.Status.OK).build());
            });
            other.registerAppendHandler(this::answer);
            others.add(other);
        }
        leader = group.startOurs();
        group.elect();
        await("both were told who takes part").until(() -> lists.get() == others.size());
        await("its first entry is committed").until(() -> leader.getCommitIndex() == 1);
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void tellsAMemberThatHasLostItsDataTheListAgain() {
        int before = lists.get();

        answer = Answer.HAS_LOST_ALL;

        await("told again").until(() -> lists.get() > before);
    }

    @Test
    void countsOnNobodyWhoAbstains() {
        answer = Answer.ABSTAINS;
        await("it knows").until(() -> !leader.counts(OTHER) && !leader.counts(THIRD));

        answer = Answer.HAS_ALL;
        await("it knows").until(() -> leader.counts(OTHER) && leader.counts(THIRD));
    }

    @Test
    void saysOfNoListThatItIsCommittedBeforeItIs() {
        assertThat(leader.committedListIndex()).as("that of the beginning").isZero();
        answer = Answer.HAS_FIRST_ONLY;
        Membership membership = new Membership(leader, member -> true);

        CompletableFuture<Void> removal = CompletableFuture.completedFuture(membership).thenComposeAsync(
                made -> made.remove(new MembershipChange.Remove(THIRD.id())), leader.getThreadContext());

        await("it goes by the list").until(() -> leader.getCluster().getConfiguration().index() > 0);
        assertThat(leader.committedListIndex()).isZero();
        answer = Answer.HAS_ALL;
        await("it is committed").until(removal::isDone);
        assertThat(leader.committedListIndex()).isEqualTo(leader.getCluster().getConfiguration().index());
    }

    private CompletableFuture<AppendResponse> answer(AppendRequest request) {
        long last = request.prevLogIndex() + request.entries().size();
        return switch (answer) {
            case HAS_ALL -> CompletableFuture.completedFuture(response(request, true, last));
            case HAS_FIRST_ONLY -> CompletableFuture.completedFuture(response(request, false, 1));
            case HAS_LOST_ALL -> CompletableFuture.completedFuture(
                    request.prevLogIndex() == 0 ? response(request, true, last) : response(request, false, 0));
            case ABSTAINS -> CompletableFuture.completedFuture(response(request, true, 0));
        };
    }

    private static AppendResponse response(AppendRequest request, boolean succeeded, long last) {
        return AppendResponse.builder().withStatus(RaftResponse.Status.OK).withTerm(request.term())
                .withSucceeded(succeeded).withLastLogIndex(last).build();
    }
}
