package dev.roster.server.store.raft;

import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendRequest;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leader's word to the others that entries are committed, sent as soon as they are.
 *
 * <p>Atomix 3.1.12 tells with the next entries, or the next heartbeat: a lone write through a follower, and a watch on one,
 * would wait for that, half an interval on average. The word is an append without entries (Raft §5.3), which a follower
 * that lacks the last committed entry refuses, so that what is sent may be lost, late or repeated.
 */
final class CommitAnnouncement {

    private static final Logger LOG = LoggerFactory.getLogger(CommitAnnouncement.class);

    private CommitAnnouncement() {}

    /** Sends it to every member that answers, if this member leads. To be called by the Raft thread. */
    static void send(RaftContext raft) {
        if (raft.getRole() != RaftServer.Role.LEADER || !(raft.getProtocol() instanceof GuardedProtocol protocol)) {
            return;
        }
        AppendRequest request = null;
        for (RaftMemberContext member : raft.getCluster().getRemoteMemberStates()) {
            if (member.getFailureCount() > 0 || !member.canInstall()) {
                // It is away, or is being sent a snapshot.
                continue;
            }
            if (request == null) {
                request = request(raft);
            }
            // Nothing hangs on the answer: who did not get this is told with the next entries.
            var _ = protocol.announce(member.getMember().memberId(), request).whenComplete((answer, error) -> {
                if (error != null) {
                    LOG.debug("{} was not told what is committed", member.getMember().memberId(), error);
                }
            });
        }
    }

    private static AppendRequest request(RaftContext raft) {
        // A leader raises the commit index to entries of its own term only (Raft §5.4.2).
        return AppendRequest.builder()
                .withTerm(raft.getTerm())
                .withLeader(raft.getCluster().getMember().memberId())
                .withPrevLogIndex(raft.getCommitIndex())
                .withPrevLogTerm(raft.getTerm())
                // The class that the members' serializer knows; List.of() is none.
                .withEntries(Collections.emptyList())
                .withCommitIndex(raft.getCommitIndex())
                .build();
    }
}
