package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.InstallRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.protocol.VoteResponse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A leader of three that was cut off and hears of the next one, which the test plays: first by the list of members, or by a
 * snapshot, as Atomix sends them before any entries.
 */
class DeposedLeaderTest {

    private static final String DEFECT = "the defect that is guarded against";
    private static final MemberId NEXT = MemberId.from("m2");
    private static final MemberId THIRD = MemberId.from("m3");

    @TempDir
    Path directory;

    private PlayedGroup group;
    private RaftServerProtocol next;

    @BeforeEach
    void play() {
        group = new PlayedGroup(directory, 3, new StorePrimitiveType(() -> {
            throw new AssertionError("nothing is applied here");
        }));
        next = voter(NEXT);
        voter(THIRD);
    }

    @AfterEach
    void close() {
        group.close();
    }

    /** What the next leader sends before any entries. */
    private enum News {
        LIST, SNAPSHOT
    }

    @ParameterizedTest
    @EnumSource
    void stockAtomixLeadsOnInTheTermOfTheNextLeader(News news) throws Exception {
        RaftContext member = lead(group.startStock());
        long term = member.getTerm();

        send(news, term + 1);

        assertThat(member.getTerm()).isEqualTo(term + 1);
        assertThat(member.getRole()).as(DEFECT).isEqualTo(RaftServer.Role.LEADER);
    }

    @ParameterizedTest
    @EnumSource
    void ceasesToLeadWhenItHearsOfTheNextLeader(News news) throws Exception {
        RaftContext member = lead(group.startOurs());
        long term = member.getTerm();

        send(news, term + 1);

        assertThat(member.getTerm()).isEqualTo(term + 1);
        assertThat(member.getRole()).isEqualTo(RaftServer.Role.FOLLOWER);
        assertThat(member.getLeader().memberId()).isEqualTo(NEXT);
    }

    @Test
    void leadsOnWhenItHearsOfNoLaterTerm() throws Exception {
        RaftContext member = lead(group.startOurs());
        long term = member.getTerm();

        sendPartOfASnapshot(term);

        assertThat(member.getTerm()).isEqualTo(term);
        assertThat(member.getRole()).isEqualTo(RaftServer.Role.LEADER);
    }

    private RaftContext lead(RaftContext member) {
        group.elect();
        await("its first entry is committed").until(() -> member.getCommitIndex() == 1);
        return member;
    }

    private void send(News news, long term) throws Exception {
        switch (news) {
            case LIST -> sendList(term);
            case SNAPSHOT -> sendPartOfASnapshot(term);
        }
    }

    private void sendList(long term) throws Exception {
        List<RaftMember> members = new ArrayList<>();
        for (MemberId id : List.of(PlayedGroup.SELF, NEXT, THIRD)) {
            members.add(new DefaultRaftMember(id, RaftMember.Type.ACTIVE, Instant.EPOCH));
        }
        next.configure(PlayedGroup.SELF, ConfigureRequest.builder().withTerm(term).withLeader(NEXT).withIndex(0)
                .withTime(1).withMembers(members).build()).get(10, TimeUnit.SECONDS);
        group.settle();
    }

    /** Which is refused, since it does not begin at the beginning. */
    private void sendPartOfASnapshot(long term) throws Exception {
        next.install(PlayedGroup.SELF, InstallRequest.builder().withTerm(term).withLeader(NEXT)
                .withIndex(5).withTimestamp(1).withVersion(1).withOffset(7).withData(new byte[]{1}).withComplete(false)
                .build()).get(10, TimeUnit.SECONDS);
        group.settle();
    }

    /** One that votes for everybody and has whatever it is sent. */
    private RaftServerProtocol voter(MemberId member) {
        RaftServerProtocol voter = group.play(member);
        voter.registerVoteHandler(request -> CompletableFuture.completedFuture(VoteResponse.builder()
                .withStatus(RaftResponse.Status.OK).withTerm(request.term()).withVoted(true).build()));
        voter.registerConfigureHandler(request -> CompletableFuture.completedFuture(
                ConfigureResponse.builder().withStatus(RaftResponse.Status.OK).build()));
        voter.registerAppendHandler(request -> CompletableFuture.completedFuture(AppendResponse.builder()
                .withStatus(RaftResponse.Status.OK).withTerm(request.term()).withSucceeded(true)
                .withLastLogIndex(request.prevLogIndex() + request.entries().size()).build()));
        return voter;
    }
}
