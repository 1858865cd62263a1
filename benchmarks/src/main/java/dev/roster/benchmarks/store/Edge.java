package dev.roster.benchmarks.store;

import java.util.concurrent.CompletableFuture;

/** What a client asks of a server in a process of its own. An item or instance is named by its number, and has one writer. */
interface Edge extends AutoCloseable {

    /** Writes a document of 200 bytes, durably. */
    CompletableFuture<?> publish(int item);

    /** Reads a document as the member that is asked has it. */
    CompletableFuture<?> read(int item);

    /** Reads a document as it is after everything that was acknowledged. */
    CompletableFuture<?> readLinearizable(int item);

    /** Registers an instance with a time to live of a minute. */
    CompletableFuture<?> register(int instance);

    /** Keeps an instance alive that was registered. */
    CompletableFuture<?> heartbeat(int instance);

    @Override
    void close();
}
