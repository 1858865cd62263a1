package dev.roster.benchmarks.store;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to keep many leases alive, and how exactly they end, our store in this process beside etcd over gRPC. Each
 * lease has a key and a time to live of 60 s, and is kept alive by a call of its own every 10 s, spread evenly. At the end one
 * in a hundred is no longer kept alive, few enough not to be held back; a watch says when they end.
 *
 * <p>The processor time of etcd is that of its process alone. Ours is that of this process, which also makes the load, and
 * does without a network.
 *
 * <p>A deadline is counted from when the last keep-alive that was acknowledged was sent: whoever noted it did so later, so a
 * lease that ends after that deadline may still be early by as much as that call took, and one that ends before it is.
 *
 * <p>Arguments: leases (default 100,000), seconds of measurement (60), directory (a temporary one).
 */
public final class KeepAlives {

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration LATEST_END = Duration.ofSeconds(30);
    private static final int GRANT_WINDOW = 512;
    private static final String PREFIX = "lease-";

    private final PrintStream out;
    private final int leases;
    private final Duration measured;

    private KeepAlives(PrintStream out, int leases, Duration measured) {
        this.out = out;
        this.leases = leases;
        this.measured = measured;
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        int leases = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 60;
        Path directory = args.length > 2
                ? Files.createTempDirectory(Path.of(args[2]), "keep-alives")
                : Files.createTempDirectory("keep-alives");
        new KeepAlives(System.out, leases, Duration.ofSeconds(seconds)).run(directory);
        System.exit(0);
    }

    private record Result(double share, Latencies answers, LeaseEnds.Report ends) {}

    private void run(Path directory) throws Exception {
        Result their;
        Result our;
        try (LeaseRival etcd = new EtcdLeases(directory)) {
            their = measure(etcd);
        }
        try (LeaseRival roster = new RosterLeases(directory.resolve("roster"))) {
            our = measure(roster);
        }
        print(their, our);
    }

    private Result measure(LeaseRival rival) throws InterruptedException {
        LeaseEnds ends = new LeaseEnds(leases, TTL);
        try (KeepAlivePacer pacer = new KeepAlivePacer(rival, ends, leases, INTERVAL)) {
            grant(rival, pacer);
            rival.watchDeletions(PREFIX, key -> ends.ended(Integer.parseInt(key.substring(PREFIX.length()))));
            Thread.sleep(INTERVAL);

            Latencies answers = new Latencies();
            ProcessorUse processor = ProcessorUse.of(rival.process());
            pacer.record(answers);
            Thread.sleep(measured);
            double share = processor.share();
            answers.finish(measured.toNanos());

            pacer.leaveSome();
            long limit = System.nanoTime() + TTL.plus(LATEST_END).toNanos();
            while (!ends.allLeftHaveEnded() && System.nanoTime() < limit) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return new Result(share, answers, ends.report());
        }
    }

    private void grant(LeaseRival rival, KeepAlivePacer pacer) {
        Deque<CompletableFuture<?>> pending = new ArrayDeque<>();
        for (int i = 0; i < leases; i++) {
            pending.add(rival.grant(i + 1L, TTL, PREFIX + i));
            if (pending.size() == GRANT_WINDOW) {
                pending.remove().join();
                pacer.granted(i + 1 - pending.size());
            }
        }
        while (!pending.isEmpty()) {
            pending.remove().join();
            pacer.granted(leases - pending.size());
        }
    }

    private void print(Result their, Result our) {
        int processors = Runtime.getRuntime().availableProcessors();
        out.printf("%,d leases, one member, %d processors%n%n", leases, processors);
        out.println("| | etcd | Roster | Ratio |");
        out.println("| --- | ---: | ---: | ---: |");
        row("keep-alives /s", their.answers.perSecond(), our.answers.perSecond());
        row("share of the processors, %", 100 * their.share, 100 * our.share);
        row("processor time of a keep-alive, µs", microsOf(their, processors), microsOf(our, processors));
        row("answer p50, ms", their.answers.millis(0.5), our.answers.millis(0.5));
        row("answer p99, ms", their.answers.millis(0.99), our.answers.millis(0.99));
        row("end seen after its deadline p50, ms", their.ends.late().millis(0.5), our.ends.late().millis(0.5));
        row("end seen after its deadline p99, ms", their.ends.late().millis(0.99), our.ends.late().millis(0.99));
        row("end seen after its deadline, longest, ms", their.ends.late().longestMillis(),
                our.ends.late().longestMillis());
        count("left and ended", their.ends.late().count(), our.ends.late().count());
        count("left and not ended", their.ends.missing(), our.ends.missing());
        count("ended early", their.ends.early(), our.ends.early());
        count("ended although kept alive", their.ends.lost(), our.ends.lost());
    }

    private static double microsOf(Result result, int processors) {
        return result.share * processors * 1e6 / result.answers.perSecond();
    }

    private void row(String what, double their, double our) {
        out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", what, their, our, our / their);
    }

    private void count(String what, long their, long our) {
        out.printf("| %s | %d | %d | |%n", what, their, our);
    }
}
