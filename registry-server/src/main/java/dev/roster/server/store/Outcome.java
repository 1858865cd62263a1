package dev.roster.server.store;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what a {@link Store} promised: the one place where a caller that may block does so. */
public final class Outcome {

    private Outcome() {}

    /**
     * Waits until a future is completed. It sets no deadline of its own: the futures of a {@link Store} always complete.
     *
     * @return its result
     * @throws StoreException the one that the future failed with, as it is
     * @throws OutcomeUnknownException also when the thread is interrupted, whose interrupt status is then set again, or
     *     when the future is cancelled
     * @throws IllegalStateException if the future failed with a checked exception, which none of a {@link Store} does
     */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted while waiting for an answer", e);
        } catch (CancellationException e) {
            throw unknown("cancelled while waiting for an answer", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static OutcomeUnknownException unknown(String message, Exception cause) {
        OutcomeUnknownException unknown = new OutcomeUnknownException(message);
        unknown.initCause(cause);
        return unknown;
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        return switch (failure.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException("the store failed in an unforeseen way", failure);
        };
    }
}
