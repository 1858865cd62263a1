package dev.roster.server.store.raft;

import dev.roster.server.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets many share a barrier: the first to ask in a tick has one at once, all who ask later in that tick share one, which begins
 * with the next tick, after the last of them has asked. Thread-safe.
 */
final class PacedBarrier {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Supplier<CompletableFuture<Void>> barrier;
    private @Nullable CompletableFuture<Void> waiting;
    private boolean begun;
    private boolean closed;

    /**
     * Makes one that nobody waits for.
     *
     * @param barrier waits until this replica shows all that was acknowledged before
     */
    PacedBarrier(Supplier<CompletableFuture<Void>> barrier) {
        this.barrier = barrier;
    }

    /** Waits for a barrier that begins after this call. */
    CompletableFuture<Void> next() {
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new StoreUnavailableException(RETRY_AFTER));
            }
            if (begun) {
                return share();
            }
            begun = true;
        }
        CompletableFuture<Void> first = barrier.get();
        if (first.isDone()) {
            // It cost nothing, so there is nothing to share.
            free();
        }
        return first;
    }

    private CompletableFuture<Void> share() {
        CompletableFuture<Void> next = waiting;
        if (next == null) {
            next = new CompletableFuture<>();
            waiting = next;
        }
        return next;
    }

    private synchronized void free() {
        begun = false;
    }

    /** Begins a barrier if somebody waits. To be called a few times a second. */
    void tick() {
        CompletableFuture<Void> begun = take();
        if (begun != null) {
            var _ = barrier.get().whenComplete((shown, error) -> {
                if (error == null) {
                    begun.complete(null);
                } else {
                    begun.completeExceptionally(error);
                }
            });
        }
    }

    /** Leaves nobody waiting. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        CompletableFuture<Void> left = take();
        if (left != null) {
            left.completeExceptionally(new StoreUnavailableException(RETRY_AFTER));
        }
    }

    private synchronized @Nullable CompletableFuture<Void> take() {
        CompletableFuture<Void> taken = waiting;
        waiting = null;
        begun = taken != null;
        return taken;
    }
}
