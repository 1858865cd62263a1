package dev.roster.server.boot;

import dev.roster.server.cluster.LeaseExpiry;
import dev.roster.server.cluster.LeaseExpiryState;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.ExpiryState;

/** What the engine's leader says of leases, as the cluster's port. */
final class EngineLeaseExpiry implements LeaseExpiry {
    private final AtomixReplicator engine;

    EngineLeaseExpiry(AtomixReplicator engine) {
        this.engine = engine;
    }

    @Override
    public LeaseExpiryState state() {
        return state(Outcome.await(engine.expiryState()));
    }

    @Override
    public LeaseExpiryState release() {
        return state(Outcome.await(engine.releaseExpiry()));
    }

    private static LeaseExpiryState state(ExpiryState state) {
        return new LeaseExpiryState(state.leases(), state.overdue(), state.heldBack(), state.heldFor());
    }
}
