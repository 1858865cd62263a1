package dev.roster.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Clients each of which waits for its answer before it asks again. */
public final class WaitingClients {

    private WaitingClients() {}

    /**
     * Lets clients ask for some time, and returns how long each answer took. Each client has items of its own, so that nobody
     * overtakes it.
     *
     * @param items how many there are, at least as many as clients
     * @param call what is asked about an item, from 0
     */
    public static Latencies measure(int clients, int items, long nanos, IntFunction<CompletableFuture<?>> call)
            throws InterruptedException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + nanos;
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int first = client;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int item = first; System.nanoTime() < end; item = next(item, first, clients, items)) {
                    long began = System.nanoTime();
                    call.apply(item).join();
                    latencies.add(System.nanoTime() - began);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        latencies.finish(nanos);
        return latencies;
    }

    private static int next(int item, int first, int clients, int items) {
        return item + clients < items ? item + clients : first;
    }
}
