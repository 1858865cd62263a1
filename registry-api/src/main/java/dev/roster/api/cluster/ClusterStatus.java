package dev.roster.api.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one member sees it.
 *
 * @param cluster random id of the cluster, null until its members have found each other
 * @param member id of the member that answers
 * @param leader id of the leader, null while there is none
 * @param term Raft term
 * @param revision the last store revision that the answering member has applied
 * @param members all members, ordered by id
 */
public record ClusterStatus(@Nullable String cluster, String member, @Nullable String leader, long term, long revision,
        List<Member> members) {
    public ClusterStatus {
        members = List.copyOf(members);
    }

    /**
     * A member.
     *
     * @param id its id
     * @param address host and port under which the other members reach it; null for one that was added and never heard from
     * @param voter whether it has a vote; a learner takes the state from the leader and has none
     * @param reachable whether the answering member hears from it
     */
    public record Member(String id, @Nullable String address, boolean voter, boolean reachable) {}
}
