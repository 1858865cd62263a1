package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.WaitingClients;
import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.WarmUp;
import dev.roster.benchmarks.measure.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A real server of ours beside etcd, each one member in a process of its own, both syncing every write: by number of clients,
 * each of which waits for its answer. Ours is asked by its HTTP API, etcd by gRPC and, with the very client that asks ours, by
 * its HTTP gateway. They are measured in turn, several times each, after a {@link WarmUp} for each operation, and the median is taken.
 *
 * <p>What is compared is what one does for the same purpose, not the same work: publishing checks the document and the version
 * that the writer has seen, and keeps a history of 100 versions; a put does none of it. Registering is one call of ours and two
 * of etcd. Nobody is asked for credentials. The clients share the processors with the servers.
 *
 * <p>Arguments: seconds for each measurement (2), rounds (3), how the names of the operations begin that are measured, such as
 * {@code publish} (all), directory on the disk to measure (a temporary one).
 */
public final class ThroughHttp {

    private static final String ALL = "all";
    private static final int[] CLIENTS = {1, 16, 64};
    private static final int ITEMS = 1000;
    private static final int WINDOW = 64;
    private static final int WARM_UP_CLIENTS = 16;

    private static final long LEAST_WARM_UP = 50_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(90);

    private static final String VALUE = "0123456789".repeat(20);

    private final PrintStream out;
    private final long nanos;
    private final int rounds;
    private final String operations;

    private ThroughHttp(PrintStream out, long seconds, int rounds, String operations) {
        this.out = out;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        this.rounds = rounds;
        this.operations = operations;
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String operations = args.length > 2 ? args[2] : ALL;
        try (WorkDirectory work = WorkDirectory.of(args, 3, "through-http")) {
            new ThroughHttp(System.out, seconds, rounds, operations).run(work.path());
        }
        System.exit(0);
    }

    private void run(Path directory) throws Exception {
        try (EtcdGroup group = EtcdGroup.start(directory, 1);
                Edge grpc = new EtcdEdge(group, ITEMS, VALUE);
                Edge gateway = new EtcdGateway(group, ITEMS, VALUE);
                Edge roster = new RosterEdge(directory.resolve("roster"), ITEMS, VALUE)) {
            List<Edge> edges = List.of(grpc, gateway, roster);
            for (Edge edge : edges) {
                forEachItem(edge::publish);
                forEachItem(edge::register);
            }
            out.printf(Locale.ROOT, "%,d documents of %d bytes, median of %d × %d s%n%n", ITEMS, VALUE.length(), rounds,
                    TimeUnit.NANOSECONDS.toSeconds(nanos));
            out.println("| Operation | Clients | etcd gRPC /s | etcd HTTP /s | Roster HTTP /s | to gRPC | to HTTP |"
                    + " gRPC p99 | HTTP p99 | Roster p99 |");
            out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            compare("publish / put", edges, Edge::publish);
            compare("read, local", edges, Edge::read);
            compare("read, linearizable", edges, Edge::readLinearizable);
            compare("register / grant and put", edges, Edge::register);
            for (Edge edge : edges) {
                forEachItem(edge::register);
            }
            compare("heartbeat / keep-alive", edges, Edge::heartbeat);
        }
    }

    private interface ItemCall {
        CompletableFuture<?> of(int item);
    }

    private static void forEachItem(ItemCall call) {
        Deque<CompletableFuture<?>> pending = new ArrayDeque<>();
        for (int i = 0; i < ITEMS; i++) {
            pending.add(call.of(i));
            if (pending.size() == WINDOW) {
                pending.remove().join();
            }
        }
        pending.forEach(CompletableFuture::join);
    }

    private void compare(String operation, List<Edge> edges, BiFunction<Edge, Integer, CompletableFuture<?>> call)
            throws Exception {
        if (!operations.equals(ALL) && !operation.startsWith(operations)) {
            return;
        }
        for (Edge edge : edges) {
            WarmUp.until(LEAST_WARM_UP, LONGEST_WARM_UP,
                    () -> measure(edge, WARM_UP_CLIENTS, WarmUp.WINDOW.toNanos(), call));
        }
        for (int clients : CLIENTS) {
            List<List<Latencies>> measured = edges.stream().<List<Latencies>>map(_ -> new ArrayList<>()).toList();
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < edges.size(); i++) {
                    Latencies latencies = measure(edges.get(i), clients, nanos, call);
                    // The first round only warms up.
                    if (round > 0) {
                        measured.get(i).add(latencies);
                    }
                }
            }
            print(operation, clients, measured.stream().map(Latencies::median).toList());
        }
    }

    private void print(String operation, int clients, List<Latencies> medians) {
        Latencies grpc = medians.get(0);
        Latencies gateway = medians.get(1);
        Latencies roster = medians.get(2);
        out.printf(Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f | %,.0f | %.2f | %.2f | %.2f ms | %.2f ms | %.2f ms |%n", operation,
                clients, grpc.perSecond(), gateway.perSecond(), roster.perSecond(),
                roster.perSecond() / grpc.perSecond(), roster.perSecond() / gateway.perSecond(), grpc.millis(0.99),
                gateway.millis(0.99), roster.millis(0.99));
    }

    private static Latencies measure(Edge edge, int clients, long nanos,
            BiFunction<Edge, Integer, CompletableFuture<?>> call) throws InterruptedException {
        return WaitingClients.measure(clients, ITEMS, nanos, item -> call.apply(edge, item));
    }
}
