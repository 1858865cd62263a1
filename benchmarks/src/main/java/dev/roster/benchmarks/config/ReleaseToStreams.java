package dev.roster.benchmarks.config;

import dev.roster.api.security.Role;
import dev.roster.benchmarks.config.ReleaseRun.Mode;
import dev.roster.benchmarks.store.TimeChart;
import dev.roster.test.RosterProcess;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How a release reaches many clients of one item: from when its publication is sent until each client has the document, and
 * until the server knows by their reports that all run with it. One server as users run it, asked by HTTP with credentials; one
 * program has all the streams, on the same processors.
 *
 * <p>The baseline is another such server and the same clients, but that they take what the stream tells for a notice and fetch
 * the document. Requests after a release are drawn over time for both.
 *
 * <p>Arguments: streams (1000), releases to measure (20) after as many that warm up, directory for the chart (the
 * working directory).
 */
public final class ReleaseToStreams {

    private final PrintStream out;
    private final int streams;
    private final int releases;

    private ReleaseToStreams(PrintStream out, int streams, int releases) {
        this.out = out;
        this.streams = streams;
        this.releases = releases;
    }

    /** Runs the benchmark, prints a table, and draws a chart. */
    public static void main(String[] args) throws Exception {
        int streams = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int releases = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Path results = Path.of(args.length > 2 ? args[2] : ".").resolve("config-release.svg");
        new ReleaseToStreams(System.out, streams, releases).run(results);
        System.exit(0);
    }

    private void run(Path results) throws Exception {
        ReleaseRun fetched = measure(Mode.FETCHED);
        ReleaseRun pushed = measure(Mode.PUSHED);
        print(pushed, fetched);
        Files.writeString(results, chart(pushed, fetched));
    }

    /** A server for each: one learns only by writing to them that streams have been closed, and tells the others later until then. */
    private ReleaseRun measure(Mode mode) throws Exception {
        try (RosterProcess process = RosterProcess.builder().untunedJvm()
                .property("roster.caller.max-streams", Integer.toString(2 * streams))
                .property("roster.caller.max-requests", Integer.toString(2 * streams)).build().start().awaitReady()) {
            try {
                return measure(process, mode);
            } finally {
                process.log().lines().filter(line -> line.contains(" WARN ") || line.contains("ERROR"))
                        .forEach(out::println);
            }
        }
    }

    private ReleaseRun measure(RosterProcess process, Mode mode) throws Exception {
        ReleaseRun run = new ReleaseRun(process.address(), process.issueToken(Role.ADMIN),
                ProcessHandle.of(process.pid()).orElseThrow(), mode, streams);
        try (run) {
            for (int i = 0; i < 2 * releases; i++) {
                run.release(i >= releases);
            }
        }
        return run;
    }

    private void print(ReleaseRun pushed, ReleaseRun fetched) {
        out.printf(Locale.ROOT, "%,d streams, %d releases%n%n", streams, releases);
        out.println("| | told, then fetched | pushed | Ratio |");
        out.println("| --- | ---: | ---: | ---: |");
        row("publication acknowledged p50, ms", fetched, pushed, run -> run.acknowledged.millis(0.5));
        row("publish to applied p50, ms", fetched, pushed, run -> run.applied.millis(0.5));
        row("publish to applied p99, ms", fetched, pushed, run -> run.applied.millis(0.99));
        row("publish to applied, longest, ms", fetched, pushed, run -> run.applied.longestMillis());
        row("adoption 100 % p50, ms", fetched, pushed, run -> run.adopted.millis(0.5));
        row("adoption 100 %, longest, ms", fetched, pushed, run -> run.adopted.longestMillis());
        row("requests after a release", fetched, pushed, run -> run.requests.ofRelease());
        row("most requests within 10 ms", fetched, pushed, run -> run.requests.most());
        row("streams opened again", fetched, pushed, ReleaseRun::reopened);
        row("processor time of the server for a release, ms", fetched, pushed, ReleaseRun::processorMillis);
    }

    private void row(String name, ReleaseRun fetched, ReleaseRun pushed, ToDoubleFunction<ReleaseRun> figure) {
        double their = figure.applyAsDouble(fetched);
        double our = figure.applyAsDouble(pushed);
        out.printf(Locale.ROOT, "| %s | %,.1f | %,.1f | %.3f |%n", name, their, our, our / their);
    }

    private static String chart(ReleaseRun pushed, ReleaseRun fetched) {
        double seconds = ReleaseCurve.moments() * ReleaseCurve.MOMENT.toMillis() / 1000.0;
        TimeChart chart = new TimeChart(ReleaseCurve.moments(),
                share -> String.format(Locale.ROOT, "%.1f s", share * seconds));
        chart.panel("Pushed: clients that have applied the release, in each 10 ms", "#3a8a4d",
                pushed.applications::average);
        chart.panel("Pushed: requests of clients in each 10 ms", "#2a6fb0", pushed.requests::average);
        chart.panel("Told, then fetched: requests of clients in each 10 ms", "#b04a2a", fetched.requests::average);
        return chart.draw();
    }
}
