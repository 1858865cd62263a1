package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.WorkDirectory;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether disk and memory stay bounded and writes are answered in time while a member is written to for long. Each second is
 * noted; snapshots, cuts of the log and compaction of the history happen as in the server. Heap after a collection has garbage
 * in it that the collection passed over; what is held without it is found at the end, and is to be no more than the history
 * explains. The baselines are the syncs of a plain file on the same disk at the same time, and the bytes of the keys and
 * values that there are at the end.
 *
 * <p>Writes {@code soak.csv} and {@code soak.svg} and prints a table.
 *
 * <p>Arguments: minutes (default 30), keys (200,000), clients that wait for their answers (16), directory for the two files
 * (the working directory), directory on the disk to measure (a temporary one).
 */
public final class Soak {

    private static final double MEGA = 1e6;
    private static final int STALL_WINDOW_SECONDS = 10;

    private final PrintStream out;
    private final int keys;
    private final int clients;
    private final List<SoakSample> samples = new ArrayList<>();

    private Soak(PrintStream out, int keys, int clients) {
        this.out = out;
        this.keys = keys;
        this.clients = clients;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) throws Exception {
        int minutes = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int keys = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
        int clients = args.length > 2 ? Integer.parseInt(args[2]) : 16;
        Path results = Path.of(args.length > 3 ? args[3] : ".");
        Soak soak = new Soak(System.out, keys, clients);
        try (WorkDirectory work = WorkDirectory.of(args, 4, "soak")) {
            soak.run(work.path(), minutes);
        }
        Files.writeString(results.resolve("soak.csv"), SoakSample.HEADER + "\n"
                + String.join("\n", soak.samples.stream().map(SoakSample::toCsv).toList()) + "\n");
        Files.writeString(results.resolve("soak.svg"), SoakChart.draw(soak.samples));
        System.exit(0);
    }

    private void run(Path directory, int minutes) throws Exception {
        Path data = directory.resolve("data");
        try (RosterMember member = RosterMember.alone(data);
                SyncProbe disk = SyncProbe.start(directory.resolve("probe"))) {
            WriteLoad.fill((key, value) -> member.store().commit(Txn.of(new PutKey(Key.of(key), Value.of(value)))),
                    keys);
            HeapWatch heap = HeapWatch.start();
            double before = LiveHeap.megabytes();
            SoakLoad load = SoakLoad.start(member.store(), keys, clients);
            try (load) {
                long began = System.nanoTime();
                for (int second = 0; second < minutes * 60; second++) {
                    long next = began + TimeUnit.SECONDS.toNanos(second + 1L);
                    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                    samples.add(new SoakSample(second, WorkDirectory.bytesIn(data) / MEGA,
                            heap.usedAfterCollection() / MEGA, load.takeWrites(), load.takeLongestMillis(),
                            disk.takeLongestMillis(), heap.takeLongestPauseMillis()));
                }
            }
            print(load.failures(), member, before);
        }
    }

    private void print(long failures, RosterMember member, double heapBefore) {
        double state = bytesOf(member) / MEGA;
        out.printf(Locale.ROOT, "%d clients, %,d keys, %,d s; %,d writes, %d failed%n%n", clients, keys, samples.size(),
                samples.stream().mapToLong(SoakSample::writes).sum(), failures);
        out.println("| | Roster | Baseline | | Ratio |");
        out.println("| --- | ---: | ---: | --- | ---: |");
        row("longest write, ms", most(SoakSample::longestWriteMillis), most(SoakSample::longestSyncMillis),
                "longest sync");
        row("longest write of 10 s, median, ms", medianOfWindows(SoakSample::longestWriteMillis),
                medianOfWindows(SoakSample::longestSyncMillis), "longest sync of 10 s, median");
        row("most on disk, MB", most(SoakSample::diskMegabytes), state, "keys and values");
        row("most heap after a collection, MB", most(SoakSample::heapMegabytes), state, "keys and values");
        row("heap at the end without garbage, MB", LiveHeap.megabytes(), heapBefore, "before the load");
        row("most heap in the second half, MB", most(SoakSample::heapMegabytes, samples.size() / 2, samples.size()),
                most(SoakSample::heapMegabytes, 0, samples.size() / 2), "in the first half");
        row("most on disk in the second half, MB", most(SoakSample::diskMegabytes, samples.size() / 2, samples.size()),
                most(SoakSample::diskMegabytes, 0, samples.size() / 2), "in the first half");
        row("longest pause of the collector, ms", most(SoakSample::longestPauseMillis),
                most(SoakSample::longestWriteMillis), "longest write");
    }

    private static long bytesOf(RosterMember member) {
        ReadView view = member.store().view();
        return view.read(KeyRange.ALL, Integer.MAX_VALUE).keys().stream()
                .mapToLong(key -> key.key().size() + key.value().size()).sum();
    }

    private double most(ToDoubleFunction<SoakSample> value) {
        return most(value, 0, samples.size());
    }

    private double most(ToDoubleFunction<SoakSample> value, int from, int to) {
        return samples.subList(from, to).stream().mapToDouble(value).max().orElse(Double.NaN);
    }

    private double medianOfWindows(ToDoubleFunction<SoakSample> value) {
        double[] sorted = IntStream.range(0, samples.size() / STALL_WINDOW_SECONDS)
                .mapToDouble(i -> most(value, i * STALL_WINDOW_SECONDS, (i + 1) * STALL_WINDOW_SECONDS)).sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private void row(String what, double ours, double baseline, String which) {
        out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %s | %.2f |%n", what, ours, baseline, which, ours / baseline);
    }
}
