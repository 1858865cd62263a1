package dev.roster.server.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one member sees it at one moment.
 *
 * @param cluster random id of the cluster, null until its members have found each other
 * @param member id of this member
 * @param leader id of the leader, null while there is none or this member does not know it
 * @param term Raft term; 0 without Raft
 * @param revision store revision that this member has applied
 * @param members all members, this one included, ordered by id
 * @param caughtUp whether this member has, since it started, applied everything that was committed when it met the leader
 */
public record ClusterState(@Nullable String cluster, String member, @Nullable String leader, long term, long revision,
        List<ClusterMember> members,
        boolean caughtUp) {
    public ClusterState {
        members = List.copyOf(members);
    }

    /** Tells whether this member leads. */
    public boolean isLedByMember() {
        return member.equals(leader);
    }

    /** Tells whether this member can serve: it knows a leader and has caught up. */
    public boolean isReady() {
        return leader != null && caughtUp;
    }
}
