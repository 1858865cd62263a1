package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

/** A few clients that write keys which exist, each waiting for its answer, until it is closed. */
final class WriteLoad implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int WINDOW = 512;
    private static final int VALUE_BYTES = 200;

    private final Latencies latencies = new Latencies();
    private final List<Thread> threads = new ArrayList<>();
    private final long began = System.nanoTime();
    private volatile boolean closed;

    private WriteLoad() {}

    /** Starts the clients. */
    static WriteLoad start(BiFunction<String, byte[], CompletableFuture<?>> put, int keys) {
        WriteLoad load = new WriteLoad();
        for (int i = 0; i < CLIENTS; i++) {
            load.threads.add(Thread.ofVirtual().start(() -> load.write(put, keys)));
        }
        return load;
    }

    /** Returns the longest write of some seconds in which nothing else happens, in milliseconds. */
    static double longestMillis(BiFunction<String, byte[], CompletableFuture<?>> put, int keys, Duration during)
            throws InterruptedException {
        try (WriteLoad load = start(put, keys)) {
            Thread.sleep(during);
            return load.stop().longestMillis();
        }
    }

    /** Writes each key once, without waiting for each, and returns keys a second. */
    static double fill(BiFunction<String, byte[], CompletableFuture<?>> put, int keys) {
        long from = System.nanoTime();
        Deque<CompletableFuture<?>> pending = new ArrayDeque<>();
        for (int i = 0; i < keys; i++) {
            pending.add(put.apply(key(i), value()));
            if (pending.size() == WINDOW) {
                pending.remove().join();
            }
        }
        pending.forEach(CompletableFuture::join);
        return keys * 1e9 / (System.nanoTime() - from);
    }

    private void write(BiFunction<String, byte[], CompletableFuture<?>> put, int keys) {
        while (!closed) {
            long from = System.nanoTime();
            put.apply(key(ThreadLocalRandom.current().nextInt(keys)), value()).join();
            latencies.add(System.nanoTime() - from);
        }
    }

    static String key(int i) {
        return String.format(Locale.ROOT, "key-%08d", i);
    }

    private static byte[] value() {
        byte[] value = new byte[VALUE_BYTES];
        ThreadLocalRandom.current().nextBytes(value);
        return value;
    }

    /** Ends the clients; returns how long each write took, those under way at the end too. */
    Latencies stop() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
        latencies.finish(System.nanoTime() - began);
        return latencies;
    }

    @Override
    public void close() {
        closed = true;
    }
}
