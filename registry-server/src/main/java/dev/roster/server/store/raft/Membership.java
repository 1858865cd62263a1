package dev.roster.server.store.raft;

import dev.roster.server.store.raft.MembershipRefusedException.Reason;
import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.JoinRequest;
import io.atomix.protocols.raft.protocol.LeaveRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.ReconfigureRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes who takes part, on the leader. Only a change after which the members that answer are still a majority is begun, and
 * only when the one before is committed. A leader is never taken out of the list that it leads by: Atomix 3.1.12 would go on
 * counting its vote.
 *
 * <p>Used by the Raft thread; futures are completed by it.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** Entries that a learner may lack and still be given a vote: some are always on their way. */
    static final long MOST_MISSING = 1024;

    private final RaftContext raft;
    private final Predicate<MemberId> reachable;

    /**
     * Makes it.
     *
     * @param reachable whether another member answers, and what it answers counts
     */
    Membership(RaftContext raft, Predicate<MemberId> reachable) {
        this.raft = raft;
        this.reachable = reachable;
    }

    /** Makes a change; fails with {@link MembershipRefusedException} when it may not be made now. */
    CompletableFuture<Void> add(MembershipChange.AddLearner change) {
        if (find(change.member()).isPresent()) {
            return refused(Reason.EXISTS, change.member() + " is a member already");
        }
        return done(change, raft.getRaftRole().onJoin(JoinRequest.builder()
                .withMember(new DefaultRaftMember(MemberId.from(change.member()), RaftMember.Type.PASSIVE,
                        Instant.now()))
                .build()));
    }

    /** Makes a change; fails with {@link MembershipRefusedException} when it may not be made now. */
    CompletableFuture<Void> promote(MembershipChange.Promote change) {
        Optional<RaftMember> member = find(change.member());
        if (member.isEmpty()) {
            return unknown(change);
        }
        if (member.get().getType() == RaftMember.Type.ACTIVE) {
            return refused(Reason.NOTHING_TO_DO, change.member() + " has a vote already");
        }
        RaftMemberContext learner = raft.getCluster().getMemberState(member.get().memberId());
        long missing = raft.getCommitIndex() - (learner == null ? 0 : learner.getMatchIndex());
        if (missing > MOST_MISSING) {
            return refused(Reason.NOT_CAUGHT_UP, change.member() + " still lacks " + missing + " entries of the log");
        }
        if (!reachable.test(member.get().memberId())) {
            return refused(Reason.MAJORITY_AT_RISK, change.member() + " does not answer");
        }
        return done(change, raft.getRaftRole().onReconfigure(ReconfigureRequest.builder()
                .withIndex(raft.getCluster().getConfiguration().index())
                .withTerm(raft.getCluster().getConfiguration().term())
                .withMember(new DefaultRaftMember(member.get().memberId(), RaftMember.Type.ACTIVE, Instant.now()))
                .build()));
    }

    /** Makes a change; fails with {@link MembershipRefusedException} when it may not be made now. */
    CompletableFuture<Void> remove(MembershipChange.Remove change) {
        Optional<RaftMember> member = find(change.member());
        if (member.isEmpty()) {
            return unknown(change);
        }
        if (member.get().getType() == RaftMember.Type.ACTIVE) {
            long voters = voters();
            long answering = raft.getCluster().getActiveMemberStates().stream()
                    .map(other -> other.getMember().memberId())
                    .filter(other -> !other.id().equals(change.member()) && reachable.test(other)).count() + 1;
            if (voters == 1) {
                return refused(Reason.MAJORITY_AT_RISK, change.member() + " is the last voter");
            }
            if (answering <= (voters - 1) / 2) {
                return refused(Reason.MAJORITY_AT_RISK, "of the " + (voters - 1) + " voters without " + change.member()
                        + " only " + answering + " answer, which is no majority");
            }
        }
        return done(change, raft.getRaftRole().onLeave(LeaveRequest.builder().withMember(member.get()).build()));
    }

    /** Returns the other voters that answer, first the one that lacks least of the log; none unless this member leads. */
    List<MemberId> successors() {
        return !raft.isLeader()
                ? List.of()
                : raft.getCluster().getActiveMemberStates().stream()
                        .filter(other -> reachable.test(other.getMember().memberId()))
                        .sorted(Comparator.comparingLong(RaftMemberContext::getMatchIndex).reversed())
                        .map(other -> other.getMember().memberId())
                        .toList();
    }

    boolean isSelf(String member) {
        return raft.getCluster().getMember().memberId().id().equals(member);
    }

    private long voters() {
        return raft.getCluster().getMembers().stream().filter(m -> m.getType() == RaftMember.Type.ACTIVE).count();
    }

    Optional<RaftMember> find(String member) {
        return raft.getCluster().getMembers().stream().filter(m -> m.memberId().id().equals(member)).findFirst();
    }

    private static CompletableFuture<Void> unknown(MembershipChange change) {
        return refused(Reason.UNKNOWN_MEMBER, "there is no member " + change.member());
    }

    private static <T> CompletableFuture<T> refused(Reason reason, String message) {
        return CompletableFuture.failedFuture(new MembershipRefusedException(reason, message));
    }

    private CompletableFuture<Void> done(MembershipChange change, CompletableFuture<? extends RaftResponse> answer) {
        return answer.thenCompose(response -> {
            if (response.status() == RaftResponse.Status.OK) {
                LOG.info("{} is committed; the members are {}", change, raft.getCluster().getMembers());
                return CompletableFuture.completedFuture(null);
            }
            return raft.getRole() == RaftServer.Role.LEADER
                    ? refused(Reason.BUSY, "another change is under way, or the leader is new; try again")
                    : refused(Reason.LEADER_CHANGED,
                            "the leader has changed; look at the members, it may have been made");
        });
    }
}
