package dev.roster.benchmarks.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What is asked of both stores about watches, by any thread. */
interface WatchRival extends AutoCloseable {

    /** Writes a key. */
    CompletableFuture<?> put(String key, byte[] value);

    /**
     * Follows keys from now on, as a client of its own, and tells the values that are written. Returns when it follows.
     *
     * @param single whether only this key is meant, and not all that begin with it
     */
    void watch(String key, boolean single, Consumer<byte[]> listener);

    @Override
    void close();
}
