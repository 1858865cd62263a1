package dev.roster.server.security;

import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Compacted;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.Lease;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseStatus;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Restore;
import dev.roster.server.store.Restored;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Watch;
import dev.roster.server.store.WatchFilter;
import dev.roster.server.store.WatchListener;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store in which somebody else is faster, or the answer does not come, when the test says so. */
final class RacingStore implements Store {
    private final Store store;
    private @Nullable Runnable before;
    private @Nullable Runnable unknownAfter;
    private @Nullable StoreException linearizableFailure;

    RacingStore(Store store) {
        this.store = store;
    }

    /** Runs something between the decision and the next commit. */
    void beforeNextCommit(Runnable action) {
        before = action;
    }

    /** Commits the next transaction, runs something, and then pretends that no answer came. */
    void loseNextAnswer(Runnable action) {
        unknownAfter = action;
    }

    /** Fails linearizable reads from now on. */
    void failLinearizableReads(StoreException failure) {
        linearizableFailure = failure;
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn) {
        Runnable first = before;
        before = null;
        if (first != null) {
            first.run();
        }
        CompletableFuture<TxnResult> result = store.commit(txn);
        Runnable then = unknownAfter;
        unknownAfter = null;
        if (then == null) {
            return result;
        }
        then.run();
        return CompletableFuture.failedFuture(new OutcomeUnknownException("lost"));
    }

    @Override
    public CompletableFuture<ReadView> linearizableView() {
        return linearizableFailure == null
                ? store.linearizableView()
                : CompletableFuture.failedFuture(linearizableFailure);
    }

    @Override
    public CompletableFuture<TxnResult> commit(CommitParts command) {
        return store.commit(command);
    }

    @Override
    public CompletableFuture<LeaseGranted> grant(GrantLease command) {
        return store.grant(command);
    }

    @Override
    public CompletableFuture<LeasesRevoked> revoke(RevokeLeases command) {
        return store.revoke(command);
    }

    @Override
    public CompletableFuture<Compacted> compact(Compact command) {
        return store.compact(command);
    }

    @Override
    public CompletableFuture<Restored> restore(Restore command) {
        return store.restore(command);
    }

    @Override
    public CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
        return store.keepAlive(ids);
    }

    @Override
    public Optional<Lease> findLease(LeaseId id) {
        return store.findLease(id);
    }

    @Override
    public List<Lease> leases() {
        return store.leases();
    }

    @Override
    public CompletableFuture<Optional<LeaseStatus>> leaseStatus(LeaseId id) {
        return store.leaseStatus(id);
    }

    @Override
    public ReadView view() {
        return store.view();
    }

    @Override
    public ReadView viewAt(Revision revision) {
        return store.viewAt(revision);
    }

    @Override
    public CompletableFuture<ReadView> viewNotBefore(Revision revision) {
        return store.viewNotBefore(revision);
    }

    @Override
    public Watch watch(List<KeyRange> ranges, Revision after, WatchFilter filter, WatchListener listener) {
        return store.watch(ranges, after, filter, listener);
    }
}
