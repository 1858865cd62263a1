package dev.roster.benchmarks.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What is asked of both stores about leases, by any thread. Futures complete when the answer is there. */
interface LeaseRival extends AutoCloseable {

    /** Grants a lease and attaches a key to it. */
    CompletableFuture<?> grant(long id, Duration ttl, String key);

    /** Gives one lease its full time again. */
    CompletableFuture<?> keepAlive(long id);

    /** Follows keys with a prefix, and tells those that are deleted. */
    void watchDeletions(String prefix, Consumer<String> listener);

    /** Returns the process that does the work. */
    ProcessHandle process();

    @Override
    void close();
}
