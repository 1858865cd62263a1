package dev.roster.benchmarks.config;

import dev.roster.benchmarks.measure.HttpCalls;
import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ResidentMemory;
import dev.roster.benchmarks.measure.WaitingClients;
import dev.roster.benchmarks.measure.WorkDirectory;
import dev.roster.test.RosterProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * What many items with their history cost a server: memory, snapshots, starts, and reads and publications beside those of a
 * server that has almost none. It is filled through its HTTP API, each version of an item by another request, 200 items
 * with each ({@code POST …/config-changes}); documents have 200 characters.
 *
 * <p>Heap is what a full collection leaves. Snapshots are what the server itself measures of those that it writes while it is filled,
 * at full load, and of the last one, for which writes had to wait for nothing.
 *
 * <p>Arguments: items (100000, a multiple of 200), versions of each (10), directory (a temporary one).
 */
public final class LargeState {

    private static final int TOGETHER = 200;
    private static final int WRITERS = 4;
    private static final int READERS = 16;
    private static final int SMALL = 1000;
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String NAMESPACE = "/api/v1/namespaces/default/";
    private static final String FILLER = "0123456789".repeat(18);
    private static final double MEGA = 1e6;

    private final PrintStream out;
    private final int items;
    private final int versions;

    /** The current versions of the first items. */
    private final AtomicLongArray seen = new AtomicLongArray(SMALL);

    private LargeState(PrintStream out, int items, int versions) {
        this.out = out;
        this.items = items;
        this.versions = versions;
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        int items = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int versions = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        try (WorkDirectory work = WorkDirectory.of(args, 2, "large-state")) {
            LargeState state = new LargeState(System.out, items, versions);
            state.out.printf(Locale.ROOT, "%,d items, %,d versions%n%n", items, (long) items * versions);
            state.out.println("| | |\n| --- | ---: |");
            state.run(work.path());
        }
        System.exit(0);
    }

    private void run(Path directory) throws Exception {
        try (RosterProcess process = RosterProcess.builder().untunedJvm().property("roster.security.enabled", "false")
                .dataDirectory(directory.resolve("roster")).build().start().awaitReady();
                HttpCalls http = new HttpCalls(process.address())) {
            ServerFigures figures = new ServerFigures(process, http);
            fill(http, 0, SMALL);
            IntStream.range(0, SMALL).forEach(item -> seen.set(item, versions));
            double empty = figures.liveHeap();
            WaitingClients.measure(READERS, SMALL, WARM_UP_NANOS,
                    item -> http.send(http.request(NAMESPACE + "configs/" + name(item))));
            WaitingClients.measure(READERS, SMALL, WARM_UP_NANOS, item -> publish(http, item));
            ask(http, "few items");
            long began = System.nanoTime();
            fill(http, SMALL, items);
            row("filled, versions/s", (long) (items - SMALL) * versions * 1e9 / (System.nanoTime() - began));
            double full = figures.liveHeap();
            row("heap with few items, MB", empty / MEGA);
            row("heap, MB", full / MEGA);
            row("heap of a version, bytes", (full - empty) / ((double) (items - SMALL) * versions));
            row("resident memory, MB", ResidentMemory.megabytes(ProcessHandle.of(process.pid()).orElseThrow()));
            ask(http, "all");
            row("snapshots written", figures.metric("roster_store_snapshot_seconds_count"));
            row("snapshot, longest, s", figures.metric("roster_store_snapshot_seconds_max"));
            row("snapshot on average, s", figures.metric("roster_store_snapshot_seconds_sum")
                    / figures.metric("roster_store_snapshot_seconds_count"));
            row("snapshot, MB", figures.metric("roster_store_snapshot_size_bytes") / MEGA);
            process.stop();
            row("data directory, MB", WorkDirectory.bytesIn(directory.resolve("roster")) / MEGA);
            began = System.nanoTime();
            process.restart();
            row("started again, s", (System.nanoTime() - began) / 1e9);
            row("heap after that, MB", figures.liveHeap() / MEGA);
        }
    }

    /** Gives items their versions, one after the other. Writers have items of their own. */
    private void fill(HttpCalls http, int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        List<Thread> writers = IntStream.range(0, WRITERS)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    for (int first = next.getAndAdd(TOGETHER); first < to; first = next.getAndAdd(TOGETHER)) {
                        for (int version = 1; version <= versions; version++) {
                            http.send(changes(http, first, version)).join();
                        }
                    }
                })).toList();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static HttpRequest.Builder changes(HttpCalls http, int first, int version) {
        StringBuilder json = new StringBuilder("{\"changes\":[");
        for (int item = first; item < first + TOGETHER; item++) {
            json.append(item == first ? "" : ",").append("{\"name\":\"").append(name(item))
                    .append("\",\"action\":\"publish\",\"expectedVersion\":").append(version - 1)
                    .append(",\"format\":\"yaml\",\"content\":\"").append(content(version)).append("\"}");
        }
        return http.request(NAMESPACE + "config-changes", "POST", json.append("]}").toString());
    }

    private static String name(int item) {
        return String.format(Locale.ROOT, "item-%06d", item);
    }

    private static String content(int version) {
        return "version: " + version + "\\nfiller: " + FILLER + "\\n";
    }

    /** Asks for documents, and publishes, spread over the first items, which have all their versions in any case. */
    private void ask(HttpCalls http, String when) throws InterruptedException {
        Latencies reads = WaitingClients.measure(READERS, SMALL, MEASURE_NANOS,
                item -> http.send(http.request(NAMESPACE + "configs/" + name(item))));
        row("reads/s, 16 clients, " + when, reads.perSecond());
        Latencies publications = WaitingClients.measure(READERS, SMALL, MEASURE_NANOS,
                item -> publish(http, item));
        row("publications/s, 16 clients, " + when, publications.perSecond());
        row("publication p99, ms, " + when, publications.millis(0.99));
    }

    private CompletableFuture<?> publish(HttpCalls http, int item) {
        long version = seen.get(item);
        return http.send(http.request(NAMESPACE + "configs/" + name(item), "PUT",
                "{\"format\":\"yaml\",\"content\":\"" + content(0) + "\"}")
                .header("If-Match", "\"" + version + "\"")).thenRun(() -> seen.set(item, version + 1));
    }

    private void row(String name, double value) {
        boolean whole = value >= 100 || value == Math.rint(value);
        out.printf(Locale.ROOT, whole ? "| %s | %,.0f |%n" : "| %s | %.2f |%n", name, value);
    }

    /** What a server tells of itself. */
    private record ServerFigures(RosterProcess process, HttpCalls http) {

        /** Collects all garbage, and returns the bytes that are left. */
        double liveHeap() throws IOException, InterruptedException {
            int code = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(process.pid()), "GC.run").inheritIO().redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
            if (code != 0) {
                throw new IOException("jcmd ended with " + code);
            }
            return metric("jvm_memory_used_bytes{area=\"heap\"");
        }

        /** Returns the sum of the metrics that begin so. */
        double metric(String prefix) {
            String all = new String(http.send(http.request("/actuator/prometheus")).join().body(),
                    StandardCharsets.UTF_8);
            return all.lines().filter(line -> line.startsWith(prefix))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
        }
    }
}
