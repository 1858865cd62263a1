package dev.roster.server.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The {@link Store} of one member: proposes to a {@link Replicator} and reads from its replica. */
public final class ReplicatedStore implements Store {
    private final Replicator replicator;
    private final StateMachine machine;
    private final WatchHub watches;

    /**
     * Makes the store of a member. It needs no closing: it ends with the replicator and the executor.
     *
     * @param watchers calls the listeners of watches, which may take their time; any number of threads, but not the one that
     *     applies commands
     */
    public ReplicatedStore(Replicator replicator, Executor watchers) {
        this.replicator = replicator;
        this.machine = replicator.stateMachine();
        this.watches = new WatchHub(machine, watchers);
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn) {
        return replicator.propose(txn).thenApply(TxnResult.class::cast);
    }

    @Override
    public CompletableFuture<TxnResult> commit(CommitParts command) {
        return replicator.propose(command).thenApply(TxnResult.class::cast);
    }

    @Override
    public CompletableFuture<LeaseGranted> grant(GrantLease command) {
        return replicator.propose(command).thenApply(LeaseGranted.class::cast);
    }

    @Override
    public CompletableFuture<LeasesRevoked> revoke(RevokeLeases command) {
        return replicator.propose(command).thenApply(LeasesRevoked.class::cast);
    }

    @Override
    public CompletableFuture<Compacted> compact(Compact command) {
        return replicator.propose(command).thenApply(Compacted.class::cast);
    }

    @Override
    public CompletableFuture<Restored> restore(Restore command) {
        return replicator.propose(command).thenApply(Restored.class::cast);
    }

    @Override
    public CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
        return replicator.keepAlive(ids);
    }

    @Override
    public Optional<Lease> findLease(LeaseId id) {
        return machine.findLease(id);
    }

    @Override
    public List<Lease> leases() {
        return machine.leases().stream().sorted(Comparator.comparingLong(lease -> lease.id().value())).toList();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The barrier comes first: whoever was told of the lease was told before.
     */
    @Override
    public CompletableFuture<Optional<LeaseStatus>> leaseStatus(LeaseId id) {
        return replicator.readBarrier().thenCompose(_ -> replicator.timeToLive(id))
                .thenApply(remaining -> remaining.flatMap(left -> machine.findLease(id)
                        .map(lease -> new LeaseStatus(lease, left, machine.keysOf(id)))));
    }

    @Override
    public ReadView view() {
        return machine.view();
    }

    @Override
    public ReadView viewAt(Revision revision) {
        return machine.viewAt(revision);
    }

    @Override
    public CompletableFuture<ReadView> linearizableView() {
        return replicator.readBarrier().thenApply(_ -> machine.view());
    }

    /**
     * {@inheritDoc}
     *
     * <p>A replica that is behind passes a read barrier rather than waiting for the number: whoever has seen the revision was
     * told of it before, so the barrier covers it, and a number that nobody can have seen is refused instead of waited for.
     */
    @Override
    public CompletableFuture<ReadView> viewNotBefore(Revision revision) {
        ReadView now = machine.view();
        if (!revision.isAfter(now.revision())) {
            return CompletableFuture.completedFuture(now);
        }
        return linearizableView().thenApply(view -> {
            if (revision.isAfter(view.revision())) {
                throw new RevisionAheadException(view.revision());
            }
            return view;
        });
    }

    @Override
    public Watch watch(List<KeyRange> ranges, Revision after, WatchFilter filter, WatchListener listener) {
        return watches.watch(ranges, after, filter, listener);
    }
}
