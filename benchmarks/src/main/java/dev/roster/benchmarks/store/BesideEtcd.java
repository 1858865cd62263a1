package dev.roster.benchmarks.store;

import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.measure.Latencies;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * The store in this process beside etcd over gRPC, on the same disk, both syncing every write before they acknowledge it: by
 * number of clients, each of which waits for its answer. The two are measured in turn, several times each, and the median is
 * taken, because other work on a machine comes and goes.
 *
 * <p>It is not a fair race: etcd has to take requests from a connection, and our store does not. It says what the store can
 * give to the server around it, whose own figures are in {@code docs/internals/performance.md}. Three members of ours share
 * one process and its garbage collector.
 *
 * <p>Arguments: keys (default 10,000), seconds for each measurement (2), rounds (3), members (1), directory on the disk to
 * measure (a temporary one).
 */
public final class BesideEtcd {

    private static final int[] CLIENTS = {1, 16, 64, 256};
    private static final int VALUE_BYTES = 200;
    private static final int PRELOAD_WINDOW = 256;
    private static final int RANGE_DIVISOR = 2;

    private final PrintStream out;
    private final int keys;
    private final long nanos;
    private final int rounds;
    private final byte[] value = new byte[VALUE_BYTES];

    private BesideEtcd(PrintStream out, int keys, long seconds, int rounds) {
        this.out = out;
        this.keys = keys;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        this.rounds = rounds;
        ThreadLocalRandom.current().nextBytes(value);
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        int keys = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 2;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        int members = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        Path directory = args.length > 4
                ? Files.createTempDirectory(Path.of(args[4]), "beside-etcd")
                : Files.createTempDirectory("beside-etcd");
        new BesideEtcd(System.out, keys, seconds, rounds).run(directory, members);
        System.exit(0);
    }

    private void run(Path directory, int members) throws Exception {
        try (EtcdGroup processes = EtcdGroup.start(directory, members);
                EtcdClient etcd = new EtcdClient(processes.clientPorts());
                RosterGroup roster = RosterGroup.start(directory, members)) {
            preload(etcd);
            preload(roster);
            out.printf("%d member(s), %d keys of %d bytes, median of %d × %d s%n%n", members, keys, VALUE_BYTES, rounds,
                    TimeUnit.NANOSECONDS.toSeconds(nanos));
            out.println("| Operation | Clients | etcd /s | Roster /s | Ratio | etcd p99 | Roster p99 |");
            out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            compare("durable put", etcd, roster, (rival, key) -> rival.put(key, value));
            compare("compare and put", etcd, roster, (rival, key) -> rival.compareAndPut(key, value));
            compare("linearizable get", etcd, roster, Rival::get);
            compare("local get", etcd, roster, Rival::getLocally);
            compare("range of 1,000", etcd, roster, Rival::range);
        }
    }

    private void preload(Rival rival) {
        Deque<CompletableFuture<?>> pending = new ArrayDeque<>();
        for (int i = 0; i < keys; i++) {
            pending.add(rival.put(key(i), value));
            if (pending.size() == PRELOAD_WINDOW) {
                pending.remove().join();
            }
        }
        pending.forEach(CompletableFuture::join);
    }

    private static String key(int i) {
        return String.format(Locale.ROOT, "key-%08d", i);
    }

    private void compare(String operation, Rival etcd, Rival roster,
            BiFunction<Rival, String, CompletableFuture<?>> call) throws InterruptedException {
        for (int clients : CLIENTS) {
            List<Latencies> theirs = new ArrayList<>();
            List<Latencies> ours = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                Latencies their = measure(etcd, clients, call);
                Latencies our = measure(roster, clients, call);
                // The first round only warms up.
                if (round > 0) {
                    theirs.add(their);
                    ours.add(our);
                }
            }
            Latencies their = Latencies.median(theirs);
            Latencies our = Latencies.median(ours);
            out.printf(Locale.ROOT, "| %s | %d | %.0f | %.0f | %.2f | %.2f ms | %.2f ms |%n", operation, clients,
                    their.perSecond(), our.perSecond(), our.perSecond() / their.perSecond(), their.millis(0.99),
                    our.millis(0.99));
        }
    }

    private Latencies measure(Rival rival, int clients, BiFunction<Rival, String, CompletableFuture<?>> call)
            throws InterruptedException {
        Latencies latencies = new Latencies();
        int last = Math.max(1, keys / RANGE_DIVISOR);
        long end = System.nanoTime() + nanos;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                while (System.nanoTime() < end) {
                    long began = System.nanoTime();
                    call.apply(rival, key(random.nextInt(last))).join();
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
}
