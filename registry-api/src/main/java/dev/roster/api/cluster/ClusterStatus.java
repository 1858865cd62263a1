package dev.roster.api.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one member sees it.
 *
 * @param member id of the member that answers
 * @param leader id of the leader, null while there is none
 * @param term Raft term
 * @param revision the last store revision that the answering member has applied
 * @param members all members, ordered by id
 */
public record ClusterStatus(String member, @Nullable String leader, long term, long revision, List<Member> members) {
    public ClusterStatus {
        members = List.copyOf(members);
    }

    /**
     * A member.
     *
     * @param id its id
     * @param address host and port under which the other members reach it
     * @param reachable whether the answering member hears from it
     */
    public record Member(String id, String address, boolean reachable) {}
}
