package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import dev.roster.benchmarks.measure.WorkDirectory;
import java.io.PrintStream;
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
        try (WorkDirectory work = WorkDirectory.of(args, 2, "keep-alives")) {
            new KeepAlives(System.out, leases, Duration.ofSeconds(seconds)).run(work.path());
        }
        System.exit(0);
    }

    private record Result(double share, Latencies answers, LeaseEnds.Report ends) {

        Figures figures(int processors) {
            Figures figures = new Figures();
            figures.put("keep-alives /s", answers.perSecond());
            figures.put("share of the processors, %", 100 * share);
            figures.put("processor time of a keep-alive, µs", share * processors * 1e6 / answers.perSecond());
            figures.put("answer p50, ms", answers.millis(0.5));
            figures.put("answer p99, ms", answers.millis(0.99));
            figures.put("end seen after its deadline p50, ms", ends.late().millis(0.5));
            figures.put("end seen after its deadline p99, ms", ends.late().millis(0.99));
            figures.put("end seen after its deadline, longest, ms", ends.late().longestMillis());
            figures.put("left alone and ended", (double) ends.late().count());
            figures.put("left alone and not ended", ends.missing());
            figures.put("ended early", ends.early());
            figures.put("ended although kept alive", ends.lost());
            return figures;
        }
    }

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
        out.printf(Locale.ROOT, "%,d leases, one member, %d processors%n%n", leases, processors);
        Figures.print(out, their.figures(processors), our.figures(processors));
    }
}
