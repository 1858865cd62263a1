package dev.roster.benchmarks.store;

import java.util.concurrent.CompletableFuture;

/** What is asked of both stores, by any thread. Futures complete when the answer is there. */
interface Rival extends AutoCloseable {

    /** Writes a key, durably on a majority. */
    CompletableFuture<?> put(String key, byte[] value);

    /** Writes a key that exists, on the condition that it does. */
    CompletableFuture<?> compareAndPut(String key, byte[] value);

    /** Reads a key as it is after everything that was acknowledged. */
    CompletableFuture<?> get(String key);

    /** Reads a key as the member that is asked has it. */
    CompletableFuture<?> getLocally(String key);

    /** Reads a thousand keys from this one on, as the member that is asked has them. */
    CompletableFuture<?> range(String from);

    @Override
    void close();
}
