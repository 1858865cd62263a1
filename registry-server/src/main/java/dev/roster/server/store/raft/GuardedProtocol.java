package dev.roster.server.store.raft;

import dev.roster.server.store.raft.SyncedSnapshotStore.Boundary;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import io.atomix.protocols.raft.RaftError;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.partition.impl.RaftServerCommunicator;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.InstallRequest;
import io.atomix.protocols.raft.protocol.InstallResponse;
import io.atomix.protocols.raft.protocol.JoinRequest;
import io.atomix.protocols.raft.protocol.JoinResponse;
import io.atomix.protocols.raft.protocol.PollRequest;
import io.atomix.protocols.raft.protocol.PollResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.VoteRequest;
import io.atomix.protocols.raft.protocol.VoteResponse;
import io.atomix.utils.serializer.Serializer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol between members, with what Atomix 3.1.12 leaves out.
 *
 * <ul>
 * <li>A follower says that it has entries only once they are synced (Raft §5.3 counts on it: "stored" means on stable
 * storage). Atomix answers as soon as they are written.
 * <li>A follower takes entries only where they join what it has; see {@link AppendAdmission}.
 * <li>A member whose log is empty because all of it is in a snapshot votes, and stands for election, with the last entry of
 * that snapshot (Raft §5.4.1 and §7). Atomix takes such a log for that of a new member: it votes for anybody, so that one
 * who has missed committed entries may lead.
 * <li>A leader remembers which snapshot it has sent to a member, and sends none that is not newer. A member that loses its data
 * twice would wait for the next one, or the next leader. Here the leader forgets it when the member's log ends before it.
 * <li>So it does with the list of members: one that has lost its data would go by the list that it was started with.
 * <li>A member that has lost its data neither votes nor stands for election, and what it has does not count; see
 * {@link Abstention}.
 * <li>A candidate that is no voter of the list of members here has no effect. Atomix takes over its term, so that a member
 * that was removed, or a learner, makes leaders step down for ever.
 * <li>A leader to whom a later one sends the list of members, or a snapshot, ceases to lead (Raft §5.1). Atomix takes over the
 * term and goes on leading in it until it is sent entries: two leaders of one term, whose entries can't be told apart.
 * <li>The list of members is on disk before it is answered for, and taken only of a leader of the present term; only a
 * member of the list may join. Atomix lets anybody in.
 * </ul>
 */
final class GuardedProtocol extends RaftServerCommunicator {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedProtocol.class);

    private static final String NO_VOTE = "this member has no data and does not stand for election";

    private final CompletableFuture<DurableRaftContext> context = new CompletableFuture<>();

    GuardedProtocol(String name, Serializer serializer, ClusterCommunicationService communication) {
        super(name, serializer, communication);
    }

    /** Names the context of this member; requests that arrive before wait. The context's constructor takes the protocol. */
    void bind(DurableRaftContext context) {
        this.context.complete(context);
    }

    @Override
    public void registerAppendHandler(Function<AppendRequest, CompletableFuture<AppendResponse>> handler) {
        super.registerAppendHandler(request -> onRaftThread(raft -> append(raft, request, handler)));
    }

    @Override
    public CompletableFuture<AppendResponse> append(MemberId member, AppendRequest request) {
        return super.append(member, request).thenCompose(response -> {
            if (response.succeeded()) {
                boolean counts = response.lastLogIndex() > 0
                        || request.prevLogIndex() + request.entries().size() == 0;
                context.join().noteCounts(member, counts);
                return CompletableFuture.completedFuture(response);
            }
            return onRaftThread(raft -> {
                RaftMemberContext state = raft.getCluster().getMemberState(member);
                if (state != null) {
                    forgetWhatIsLost(state, response.lastLogIndex());
                }
                return CompletableFuture.completedFuture(response);
            });
        });
    }

    /** Has a member told anew what its leader remembers to have told it, though it has lost it since. */
    private static void forgetWhatIsLost(RaftMemberContext member, long lastLogIndex) {
        if (lastLogIndex < member.getSnapshotIndex()) {
            member.setSnapshotIndex(0);
        }
        if (lastLogIndex == 0) {
            member.setConfigTerm(0);
        }
    }

    /** Sends a {@link CommitAnnouncement}, whose refusal says nothing of what a member has: it may come late. */
    CompletableFuture<AppendResponse> announce(MemberId member, AppendRequest request) {
        return super.append(member, request);
    }

    private static CompletableFuture<AppendResponse> append(DurableRaftContext raft, AppendRequest request,
            Function<AppendRequest, CompletableFuture<AppendResponse>> handler) {
        AppendAdmission admission = request.term() < raft.getTerm()
                ? AppendAdmission.AS_IT_IS
                : AppendAdmission.of(request.prevLogIndex(), request.prevLogTerm(), raft.memberLog().firstIndex(),
                        Math.max(raft.getCommitIndex(), raft.snapshots().boundary().index()));
        return switch (admission) {
            case AS_IT_IS -> synced(raft, request, handler.apply(request));
            case WITHOUT_PREVIOUS_TERM -> synced(raft, request,
                    handler.apply(AppendRequest.builder().withTerm(request.term())
                            .withLeader(request.leader()).withPrevLogIndex(request.prevLogIndex()).withPrevLogTerm(0)
                            .withEntries(request.entries()).withCommitIndex(request.commitIndex()).build()));
            case REFUSED -> {
                LOG.debug("Refused entries after {} of term {}, which don't join this log", request.prevLogIndex(),
                        request.prevLogTerm());
                yield CompletableFuture.completedFuture(AppendResponse.builder().withStatus(RaftResponse.Status.OK)
                        .withTerm(raft.getTerm()).withSucceeded(false)
                        .withLastLogIndex(raft.getLogWriter().getLastIndex()).build());
            }
        };
    }

    private static CompletableFuture<AppendResponse> synced(DurableRaftContext raft, AppendRequest request,
            CompletableFuture<AppendResponse> appended) {
        return appended.thenApplyAsync(response -> {
            if (!response.succeeded()) {
                return response;
            }
            raft.syncLog();
            raft.regainVote(request);
            return raft.abstention().isOn() ? withoutCounting(response) : response;
        }, raft.getThreadContext());
    }

    /** Says that all was taken, but that this member has nothing that a leader may count on. It is sent what follows all the same. */
    private static AppendResponse withoutCounting(AppendResponse response) {
        return AppendResponse.builder().withStatus(RaftResponse.Status.OK).withTerm(response.term()).withSucceeded(true)
                .withLastLogIndex(0).build();
    }

    @Override
    public void registerVoteHandler(Function<VoteRequest, CompletableFuture<VoteResponse>> handler) {
        super.registerVoteHandler(request -> onRaftThread(raft -> !isVoter(raft, request.candidate())
                || refuses(raft, request.lastLogIndex(), request.lastLogTerm())
                        ? CompletableFuture.completedFuture(VoteResponse.builder().withStatus(RaftResponse.Status.OK)
                                .withTerm(raft.getTerm()).withVoted(false).build())
                        : handler.apply(request)));
    }

    @Override
    public void registerPollHandler(Function<PollRequest, CompletableFuture<PollResponse>> handler) {
        super.registerPollHandler(request -> onRaftThread(raft -> !isVoter(raft, request.candidate())
                || refuses(raft, request.lastLogIndex(), request.lastLogTerm())
                        ? CompletableFuture.completedFuture(PollResponse.builder().withStatus(RaftResponse.Status.OK)
                                .withTerm(raft.getTerm()).withAccepted(false).build())
                        : handler.apply(request)));
    }

    @Override
    public void registerConfigureHandler(Function<ConfigureRequest, CompletableFuture<ConfigureResponse>> handler) {
        super.registerConfigureHandler(request -> onRaftThread(raft -> {
            if (request.term() < raft.getTerm()) {
                return CompletableFuture.completedFuture(ConfigureResponse.builder()
                        .withStatus(RaftResponse.Status.ERROR).withError(RaftError.Type.ILLEGAL_MEMBER_STATE).build());
            }
            raft.giveWay(request.term());
            raft.recordMembers(request);
            return handler.apply(request);
        }));
    }

    @Override
    public void registerInstallHandler(Function<InstallRequest, CompletableFuture<InstallResponse>> handler) {
        super.registerInstallHandler(request -> onRaftThread(raft -> {
            raft.giveWay(request.term());
            return handler.apply(request);
        }));
    }

    @Override
    public void registerJoinHandler(Function<JoinRequest, CompletableFuture<JoinResponse>> handler) {
        super.registerJoinHandler(request -> onRaftThread(raft -> raft.getRole() == RaftServer.Role.LEADER
                && raft.getCluster().getMember(request.member().memberId()) == null
                        ? CompletableFuture.completedFuture(JoinResponse.builder().withStatus(RaftResponse.Status.ERROR)
                                .withError(RaftError.Type.CONFIGURATION_ERROR).build())
                        : handler.apply(request)));
    }

    private static boolean isVoter(DurableRaftContext raft, MemberId candidate) {
        RaftMember member = raft.getCluster().getMember(candidate);
        return member != null && member.getType() == RaftMember.Type.ACTIVE;
    }

    /** Tells whether this member has no vote, or a candidate lacks what this member has in a snapshot only. */
    private static boolean refuses(DurableRaftContext raft, long lastIndex, long lastTerm) {
        return raft.abstention().isOn()
                || (raft.isLogEmpty() && !raft.snapshots().boundary().isCoveredBy(lastIndex, lastTerm));
    }

    @Override
    public CompletableFuture<VoteResponse> vote(MemberId member, VoteRequest request) {
        if (context.join().abstention().isOn()) {
            return CompletableFuture.failedFuture(new IllegalStateException(NO_VOTE));
        }
        Boundary last = boundaryInsteadOf(request.lastLogIndex());
        return super.vote(member, last.equals(Boundary.NONE)
                ? request
                : VoteRequest.builder().withTerm(request.term()).withCandidate(request.candidate())
                        .withLastLogIndex(last.index()).withLastLogTerm(last.term()).build());
    }

    @Override
    public CompletableFuture<PollResponse> poll(MemberId member, PollRequest request) {
        if (context.join().abstention().isOn()) {
            return CompletableFuture.failedFuture(new IllegalStateException(NO_VOTE));
        }
        Boundary last = boundaryInsteadOf(request.lastLogIndex());
        return super.poll(member, last.equals(Boundary.NONE)
                ? request
                : PollRequest.builder().withTerm(request.term()).withCandidate(request.candidate())
                        .withLastLogIndex(last.index()).withLastLogTerm(last.term()).build());
    }

    private Boundary boundaryInsteadOf(long lastLogIndex) {
        return lastLogIndex == 0 ? context.join().snapshots().boundary() : Boundary.NONE;
    }

    private <T> CompletableFuture<T> onRaftThread(Function<DurableRaftContext, CompletableFuture<T>> action) {
        return context.thenCompose(raft -> CompletableFuture.completedFuture(raft)
                .thenComposeAsync(action, raft.getThreadContext()));
    }
}
