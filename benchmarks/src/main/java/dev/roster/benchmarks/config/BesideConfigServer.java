package dev.roster.benchmarks.config;

import dev.roster.benchmarks.measure.HttpCalls;
import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import dev.roster.benchmarks.measure.WaitingClients;
import dev.roster.benchmarks.measure.WarmUp;
import dev.roster.benchmarks.measure.WorkDirectory;
import dev.roster.test.RosterProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server of ours beside Spring Cloud Config server, which reads the same documents from files: each in a process of its own
 * with the JVM as its users run it, without credentials, asked by the same HTTP client on the same processors. They are measured in turn,
 * several times each, after a {@link WarmUp} for each operation, and the median is taken. By number of clients, each of which
 * waits for its answer.
 *
 * <p>The rival has one read, {@code /{application}/{profile}}, with which an application starts and with which it looks
 * whether something has changed; it has no entity tags for it. So everything that we read stands beside that: what an application
 * ends up with, resolved and with origins; one document; and one document that has not changed, by its entity tag.
 * Publications stand alone: the rival has none.
 *
 * <p>Arguments: seconds for each measurement (2), rounds (3), applications (500), directory (a temporary one).
 */
public final class BesideConfigServer {

    private static final int[] CLIENTS = {1, 16, 64};
    private static final int WARM_UP_CLIENTS = 16;
    private static final long LEAST_WARM_UP = 50_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final String NAMESPACE = "/api/v1/namespaces/default/";

    private final PrintStream out;
    private final long nanos;
    private final int rounds;
    private final int applications;

    private BesideConfigServer(PrintStream out, long seconds, int rounds, int applications) {
        this.out = out;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        this.rounds = rounds;
        this.applications = applications;
    }

    /** One measurement. */
    private record Measured(Latencies latencies, double processorMicros) {}

    /** A server that is asked for one thing. */
    private record Asked(ProcessHandle server, IntFunction<CompletableFuture<?>> call) {}

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int applications = args.length > 2 ? Integer.parseInt(args[2]) : 500;
        try (WorkDirectory work = WorkDirectory.of(args, 3, "beside-config-server")) {
            new BesideConfigServer(System.out, seconds, rounds, applications).run(work.path());
        }
        System.exit(0);
    }

    private void run(Path directory) throws Exception {
        Applications documents = new Applications(applications);
        Path files = directory.resolve("files");
        documents.writeTo(files);
        try (RosterProcess process = RosterProcess.builder().untunedJvm().property("roster.security.enabled", "false")
                .dataDirectory(directory.resolve("roster")).build().start().awaitReady();
                HttpCalls our = new HttpCalls(process.address());
                ConfigServerProcess rival = ConfigServerProcess.start(files, rivalPath(0));
                HttpCalls their = new HttpCalls(rival.address())) {
            documents.publishTo(our);
            ProcessHandle server = ProcessHandle.of(process.pid()).orElseThrow();
            Asked environment = new Asked(rival.process(), i -> their.send(their.request(rivalPath(i))));
            out.printf(Locale.ROOT, "%,d applications, median of %d × %d s%n%n", applications, rounds,
                    TimeUnit.NANOSECONDS.toSeconds(nanos));
            out.println(
                    "| Operation | Clients | Config server /s | Roster /s | Ratio | Config server p99 | Roster p99 |"
                            + " Config server processor | Roster processor | Ratio |");
            out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            compare("effective configuration", environment, new Asked(server, i -> our.send(our.request(
                    NAMESPACE + "effective-config?application=" + Applications.name(i) + "&profiles="
                            + Applications.PROFILE))));
            compare("a document", environment, new Asked(server, i -> our.send(our.request(path(i)))));
            compare("a document, unchanged", environment,
                    new Asked(server, i -> our.send(our.request(path(i)).header("If-None-Match", "\"1\""))));
            AtomicLongArray versions = new AtomicLongArray(applications);
            compare("publish", null, new Asked(server, i -> publish(our, versions, i)));
        }
    }

    private static String rivalPath(int application) {
        return "/" + Applications.name(application) + "/" + Applications.PROFILE;
    }

    private static String path(int application) {
        return NAMESPACE + "configs/" + Applications.name(application);
    }

    private static CompletableFuture<?> publish(HttpCalls http, AtomicLongArray versions, int application) {
        long seen = versions.get(application) + 1;
        return http.send(http.request(path(application), "PUT",
                "{\"format\":\"yaml\",\"content\":\"release: " + seen + "\\n\"}")
                .header("If-Match", "\"" + seen + "\"")).thenRun(() -> versions.set(application, seen));
    }

    private void compare(String operation, @Nullable Asked their, Asked our)
            throws Exception {
        List<Asked> all = their == null ? List.of(our) : List.of(their, our);
        for (Asked asked : all) {
            WarmUp.until(LEAST_WARM_UP, LONGEST_WARM_UP, () -> WaitingClients.measure(WARM_UP_CLIENTS, applications,
                    WarmUp.WINDOW.toNanos(), asked.call()));
        }
        for (int clients : CLIENTS) {
            List<List<Measured>> measured = all.stream().<List<Measured>>map(_ -> new ArrayList<>()).toList();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < all.size(); i++) {
                    measured.get(i).add(measure(all.get(i), clients));
                }
            }
            print(operation, clients, measured.stream().map(BesideConfigServer::median).toList());
        }
    }

    private Measured measure(Asked asked, int clients) throws InterruptedException {
        ProcessorUse use = ProcessorUse.of(asked.server());
        Latencies latencies = WaitingClients.measure(clients, applications, nanos, asked.call());
        return new Measured(latencies, use.seconds() * 1e6 / latencies.count());
    }

    private static Measured median(List<Measured> measured) {
        return measured.stream().sorted(Comparator.comparingDouble(one -> one.latencies().perSecond()))
                .skip(measured.size() / 2).findFirst().orElseThrow();
    }

    private void print(String operation, int clients, List<Measured> medians) {
        Measured our = medians.getLast();
        if (medians.size() == 1) {
            out.printf(Locale.ROOT, "| %s | %d | | %,.0f | | | %.2f ms | | %,.0f µs | |%n", operation, clients,
                    our.latencies().perSecond(), our.latencies().millis(0.99), our.processorMicros());
            return;
        }
        Measured their = medians.getFirst();
        out.printf(Locale.ROOT, "| %s | %d | %,.0f | %,.0f | %.2f | %.2f ms | %.2f ms | %,.0f µs | %,.0f µs | %.3f |%n",
                operation, clients, their.latencies().perSecond(), our.latencies().perSecond(),
                our.latencies().perSecond() / their.latencies().perSecond(), their.latencies().millis(0.99),
                our.latencies().millis(0.99), their.processorMicros(), our.processorMicros(),
                our.processorMicros() / their.processorMicros());
    }
}
