package dev.roster.server.security.audit;

import dev.roster.server.security.AuditContext;
import dev.roster.server.security.AuditLog;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Compacted;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.Lease;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseStatus;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Restore;
import dev.roster.server.store.Restored;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Watch;
import dev.roster.server.store.WatchFilter;
import dev.roster.server.store.WatchListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A store that adds the entry of the audit log to each transaction that changes something on behalf of what
 * {@link AuditContext} names: the change and its entry are stored together or not at all. Everything else passes.
 */
public final class AuditedStore implements Store {
    private final Store store;
    private final AuditWriter writer;

    /** Makes it over another store. */
    public AuditedStore(Store store, AuditWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn) {
        AuditContext.Act act = AuditContext.current().orElse(null);
        if (act == null || txn.then().stream().noneMatch(AuditedStore::isChange)
                || txn.then().size() + txn.otherwise().size() >= Txn.MAX_OPERATIONS) {
            return store.commit(txn);
        }
        List<Operation> then = new ArrayList<>(txn.then());
        then.add(writer.put(writer.entry(act, AuditLog.DONE)).withoutPrevious());
        return store.commit(new Txn(txn.compares(), then, txn.otherwise())).thenApply(result -> {
            if (!result.succeeded()) {
                return result;
            }
            act.markStored();
            return new TxnResult(true, result.results().subList(0, txn.then().size()), result.revision());
        });
    }

    /** Carries no entry: whoever puts parts records what is done when it is done. */
    @Override
    public CompletableFuture<TxnResult> commit(CommitParts command) {
        return store.commit(command);
    }

    private static boolean isChange(Operation operation) {
        return operation instanceof PutKey || operation instanceof UpdateKey || operation instanceof DeleteKeys;
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
    public CompletableFuture<ReadView> linearizableView() {
        return store.linearizableView();
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
