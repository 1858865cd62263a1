package dev.roster.server.boot;

import dev.roster.server.cluster.MemberChangeRefusedException;
import dev.roster.server.cluster.MemberChangeRefusedException.Reason;
import dev.roster.server.cluster.Members;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MembershipChange;
import dev.roster.server.store.raft.MembershipRefusedException;
import java.util.function.Function;

/** Changes of the members by the engine, as the cluster's port. */
final class EngineMembers implements Members {
    private final AtomixReplicator engine;

    EngineMembers(AtomixReplicator engine) {
        this.engine = engine;
    }

    @Override
    public void add(String member) {
        make(member, MembershipChange.AddLearner::new);
    }

    @Override
    public void promote(String member) {
        make(member, MembershipChange.Promote::new);
    }

    @Override
    public void remove(String member) {
        make(member, MembershipChange.Remove::new);
    }

    @Override
    public void lead(String member) {
        make(member, MembershipChange.TransferLeadership::new);
    }

    private void make(String member, Function<String, MembershipChange> kind) {
        MembershipChange change;
        try {
            change = kind.apply(member);
        } catch (IllegalArgumentException e) {
            throw new MemberChangeRefusedException(Reason.INVALID_NAME, String.valueOf(e.getMessage()));
        }
        try {
            Outcome.await(engine.change(change));
        } catch (MembershipRefusedException e) {
            throw new MemberChangeRefusedException(switch (e.reason()) {
                case UNKNOWN_MEMBER -> Reason.UNKNOWN_MEMBER;
                case EXISTS, NOTHING_TO_DO, NOT_CAUGHT_UP, MAJORITY_AT_RISK, BUSY, LEADER_CHANGED -> Reason.CONFLICT;
            }, String.valueOf(e.getMessage()));
        }
    }
}
