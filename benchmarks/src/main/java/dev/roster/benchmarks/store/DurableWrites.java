package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.Ports;
import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.RaftConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Durable writes through the in-process store: one member, and three members on this machine, by number of clients that
 * each wait for their write. The baseline is what this disk can do at most without batching: one append and sync after the
 * other to a plain file, measured before each row because other work on the machine makes disks slower.
 *
 * <p>Arguments: seconds for each measurement (default 3), directory on the disk to measure (default: a temporary one).
 */
public final class DurableWrites {

    private static final int[] CLIENTS = {1, 16, 64, 256};
    private static final int VALUE_BYTES = 200;

    private final PrintStream out;
    private final long nanos;
    private final Path directory;

    private DurableWrites(PrintStream out, long seconds, Path directory) {
        this.out = out;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        this.directory = directory;
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 3;
        Path directory = args.length > 1
                ? Files.createTempDirectory(Path.of(args[1]), "durable-writes")
                : Files.createTempDirectory("durable-writes");
        new DurableWrites(System.out, seconds, directory).run();
        System.exit(0);
    }

    private void run() throws Exception {
        out.println("| Members | Clients | Baseline: syncs/s | Roster: durable writes/s | Ratio | p50 | p99 |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        measure(1);
        measure(3);
    }

    private void measure(int size) throws Exception {
        List<AtomixReplicator> members = start(size);
        try {
            write(members.getFirst(), 16, nanos);
            for (int clients : CLIENTS) {
                double baseline = SyncBaseline.syncsPerSecond(directory.resolve("baseline"), VALUE_BYTES, nanos / 2);
                Latencies latencies = write(members.getFirst(), clients, nanos);
                out.printf("| %d | %d | %.0f | %.0f | %.2f | %.1f ms | %.1f ms |%n", size, clients, baseline,
                        latencies.perSecond(), latencies.perSecond() / baseline, latencies.millis(0.5),
                        latencies.millis(0.99));
            }
        } finally {
            members.forEach(AtomixReplicator::close);
        }
    }

    private List<AtomixReplicator> start(int size) throws Exception {
        List<MemberAddress> addresses = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            addresses.add(new MemberAddress("m" + i, "127.0.0.1", Ports.free()));
        }
        List<AtomixReplicator> members = new ArrayList<>();
        for (MemberAddress address : addresses) {
            RaftConfig config = RaftConfig.of(address.id(), addresses, "127.0.0.1",
                    directory.resolve(size + "-" + address.id()));
            members.add(
                    AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()), new SimpleMeterRegistry(),
                            (message, cause) -> {
                                throw new IllegalStateException(message, cause);
                            }));
        }
        members.getFirst().readBarrier().get(30, TimeUnit.SECONDS);
        return members;
    }

    private static Latencies write(AtomixReplicator member, int clients, long nanos) throws InterruptedException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + nanos;
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            String prefix = "client-" + client + "-";
            threads.add(Thread.ofVirtual().start(() -> {
                Value value = Value.of(new byte[VALUE_BYTES]);
                for (int i = 0; System.nanoTime() < end; i++) {
                    long began = System.nanoTime();
                    member.propose(Txn.of(new PutKey(Key.of(prefix + i % 1000), value))).join();
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
