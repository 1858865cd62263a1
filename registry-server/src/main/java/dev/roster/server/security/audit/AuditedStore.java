package dev.roster.server.security.audit;

import dev.roster.server.security.AuditContext;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.UpdateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A store that adds the entry of the audit log to each transaction that changes something on behalf of what
 * {@link AuditContext} names: the change and its entry are stored together or not at all. Everything else passes, a transaction in
 * parts too: whoever puts those adds the entry, by {@link dev.roster.server.security.AuditStamp}.
 */
public final class AuditedStore extends ForwardingStore {
    private final AuditWriter writer;

    /** Makes it over another store. */
    public AuditedStore(Store store, AuditWriter writer) {
        super(store);
        this.writer = writer;
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn) {
        AuditContext.Act act = AuditContext.current().orElse(null);
        if (act == null || txn.then().stream().noneMatch(AuditedStore::isChange)
                || txn.then().size() + txn.otherwise().size() >= Txn.MAX_OPERATIONS) {
            return super.commit(txn);
        }
        List<Operation> then = new ArrayList<>(txn.then());
        then.add(writer.of(act));
        return super.commit(new Txn(txn.compares(), then, txn.otherwise())).thenApply(result -> {
            if (!result.succeeded()) {
                return result;
            }
            act.markStored();
            return new TxnResult(true, result.results().subList(0, txn.then().size()), result.revision());
        });
    }

    private static boolean isChange(Operation operation) {
        return operation instanceof PutKey || operation instanceof UpdateKey || operation instanceof DeleteKeys;
    }
}
