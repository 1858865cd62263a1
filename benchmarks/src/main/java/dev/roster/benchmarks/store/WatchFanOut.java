package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How fast changes reach those who watch, by their number, at a steady rate of writes of 200 bytes: all watch one prefix, so
 * that each write is told to all of them; or each watches a key of its own, so that it is told to one. Ours are in this
 * process, those of etcd have a stream each; etcd is not asked for more than 1,000.
 *
 * <p>Times are from the acknowledgement of a write to the event, 0 if the event came first. What is told more slowly than it
 * is written shows as fewer events a second and as longer times.
 *
 * <p>Arguments: writes a second (default 100), seconds of each measurement (5), most watchers of 1, 100, 1,000 and 10,000
 * (10,000), directory (a temporary one).
 */
public final class WatchFanOut {

    private static final int[] WATCHERS = {1, 100, 1000, 10_000};
    private static final int MOST_OF_ETCD = 1000;
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final PrintStream out;
    private final int rate;
    private final Duration measured;
    private final int most;

    private WatchFanOut(PrintStream out, int rate, Duration measured, int most) {
        this.out = out;
        this.rate = rate;
        this.measured = measured;
        this.most = most;
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 5;
        int most = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        try (WorkDirectory work = WorkDirectory.of(args, 3, "watch-fan-out")) {
            new WatchFanOut(System.out, rate, Duration.ofSeconds(seconds), most).run(work.path());
        }
        System.exit(0);
    }

    private void run(Path directory) throws Exception {
        out.printf("%d writes a second, for %d s%n%n", rate, measured.toSeconds());
        out.println(
                "| Watched | Watchers | etcd events/s | Roster events/s | Ratio | etcd p50 | etcd p99 | Roster p50 |"
                        + " Roster p99 |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (boolean single : new boolean[]{false, true}) {
            for (int watchers : WATCHERS) {
                if (watchers <= most) {
                    compare(directory, watchers, single);
                }
            }
        }
    }

    private void compare(Path directory, int watchers, boolean single) throws Exception {
        String name = watchers + (single ? "-keys" : "-prefix");
        String row = String.format(Locale.ROOT, "| %s | %,d |", single ? "a key each" : "one prefix", watchers);
        Latencies our;
        try (WatchRival roster = new RosterWatches(directory.resolve(name + "-roster"))) {
            our = measure(roster, watchers, single);
        }
        if (watchers > MOST_OF_ETCD) {
            out.printf(Locale.ROOT, "%s | %,.0f | | | | %.2f ms | %.2f ms |%n", row, our.perSecond(), our.millis(0.5),
                    our.millis(0.99));
            return;
        }
        Latencies their;
        try (WatchRival etcd = new EtcdWatches(directory.resolve(name + "-etcd"))) {
            their = measure(etcd, watchers, single);
        }
        out.printf(Locale.ROOT, "%s %,.0f | %,.0f | %.2f | %.2f ms | %.2f ms | %.2f ms | %.2f ms |%n", row,
                their.perSecond(), our.perSecond(), our.perSecond() / their.perSecond(), their.millis(0.5),
                their.millis(0.99), our.millis(0.5), our.millis(0.99));
    }

    private Latencies measure(WatchRival rival, int watchers, boolean single) throws InterruptedException {
        ToldWrites writes = new ToldWrites(rate, WARM_UP.plus(measured), single ? 1 : watchers);
        for (int i = 0; i < watchers; i++) {
            rival.watch(single ? key(i) : "key-", single, writes::told);
        }
        writes.run(number -> rival.put(key((int) (number % watchers)), ToldWrites.value(number)),
                (int) (rate * WARM_UP.toSeconds()));
        return writes.awaitAll(TimeUnit.SECONDS.toNanos(60));
    }

    private static String key(int i) {
        return String.format(Locale.ROOT, "key-%05d", i);
    }
}
