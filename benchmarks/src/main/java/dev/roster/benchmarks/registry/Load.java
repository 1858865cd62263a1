package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.WarmUp;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients of which each waits for its answer, on a thread and with a connection of its own. */
final class Load<C extends Closeable> {

    private final int clients;
    private final Opener<C> opener;

    Load(int clients, Opener<C> opener) {
        this.clients = clients;
        this.opener = opener;
    }

    /** Makes clients. */
    @FunctionalInterface
    interface Opener<C> {

        /** Makes the client of a number, from 0. */
        C open(int number) throws IOException;
    }

    /** One operation of a client. */
    @FunctionalInterface
    interface Operation<C> {

        /** Does it; the number counts all operations of all clients. */
        void run(C client, long number) throws Exception;
    }

    /** Does it once for each number from one on and below another, as fast as it goes. */
    Latencies each(long from, long to, Operation<C> operation) throws Exception {
        AtomicLong next = new AtomicLong(from);
        return run((client, latencies) -> {
            for (long number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                measure(client, number, operation, latencies);
            }
        });
    }

    /** Does it for some time, as fast as it goes. */
    Latencies during(Duration time, Operation<C> operation) throws Exception {
        AtomicLong next = new AtomicLong();
        long end = System.nanoTime() + time.toNanos();
        return run((client, latencies) -> {
            while (System.nanoTime() < end) {
                measure(client, next.getAndIncrement(), operation, latencies);
            }
        });
    }

    /**
     * Does it until it gets no faster, see {@link WarmUp}.
     *
     * @param least how often at least
     * @param limit for how long at most, about
     * @return how often it was done
     */
    long settle(long least, Duration limit, Operation<C> operation) throws Exception {
        return WarmUp.until(least, limit, () -> during(WarmUp.WINDOW, operation));
    }

    /** Does it once for each number below a count, at a steady rate, or as fast as it goes, if that is less. */
    Latencies paced(double perSecond, long count, Operation<C> operation) throws Exception {
        AtomicLong next = new AtomicLong();
        long began = System.nanoTime();
        double interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        return run((client, latencies) -> {
            for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                long due = began + (long) (number * interval);
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                measure(client, number, operation, latencies);
            }
        });
    }

    private static <C> void measure(C client, long number, Operation<C> operation, Latencies latencies)
            throws Exception {
        long began = System.nanoTime();
        operation.run(client, number);
        latencies.add(System.nanoTime() - began);
    }

    private interface Work<C> {
        void run(C client, Latencies latencies) throws Exception;
    }

    private Latencies run(Work<C> work) throws Exception {
        Latencies latencies = new Latencies();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                running.add(threads.submit((Callable<?>) () -> {
                    try (C client = opener.open(number)) {
                        work.run(client, latencies);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client has failed", e.getCause());
        }
        latencies.finish(System.nanoTime() - began);
        return latencies;
    }
}
