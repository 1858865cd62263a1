package dev.roster.server.security;

import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store in which somebody else is faster, or the answer does not come, when the test says so. */
final class RacingStore extends ForwardingStore {
    private @Nullable Runnable before;
    private @Nullable Runnable unknownAfter;
    private @Nullable StoreException linearizableFailure;

    RacingStore(Store store) {
        super(store);
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
        CompletableFuture<TxnResult> result = super.commit(txn);
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
                ? super.linearizableView()
                : CompletableFuture.failedFuture(linearizableFailure);
    }
}
