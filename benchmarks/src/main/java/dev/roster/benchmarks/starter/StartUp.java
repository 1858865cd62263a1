package dev.roster.benchmarks.starter;

import dev.roster.api.security.Role;
import dev.roster.benchmarks.measure.ExecutableJar;
import dev.roster.test.RosterProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a bare web application takes to start, and how much heap it has then, with and without a client: the starter of Roster,
 * which registers and imports its configuration, the Eureka client, the Config client, and both of them, which together do what the
 * starter does. Each has its server on the same machine: Roster's the real one, the others' stubs that answer at once. They are
 * started in turn, several times each, and the median is taken.
 *
 * <p>Time counts from when the JVM began until the application is ready; registration goes on after that. Heap is what is live then.
 *
 * <p>Arguments: rounds (default 5).
 */
public final class StartUp {
    private static final Pattern READY = Pattern.compile("READY (\\d+) (\\d+) (\\d+)");

    private final PrintStream out;
    private final Path lastGood;

    private StartUp(PrintStream out, Path lastGood) {
        this.out = out;
        this.lastGood = lastGood;
    }

    /**
     * One start.
     *
     * @param millis from the beginning of the JVM until ready
     * @param heapKilobytes live heap when it is ready
     * @param classes loaded by then
     * @param processorMillis processor time of the process by then, and of the collections that tell its live heap
     */
    private record Start(long millis, long heapKilobytes, long classes, long processorMillis) {}

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        new StartUp(System.out, Files.createTempDirectory("start-up")).run(rounds);
        System.exit(0);
    }

    private void run(int rounds) throws IOException, InterruptedException {
        try (RosterProcess roster = RosterProcess.builder().build(); StubServers stubs = new StubServers()) {
            roster.start().awaitReady();
            Map<String, List<String>> arguments = new LinkedHashMap<>();
            arguments.put("bare", List.of());
            arguments.put("roster", List.of("--spring.config.import=optional:roster:",
                    "--roster.client.addresses=" + roster.address(),
                    "--roster.client.token=" + roster.issueToken(Role.APPLICATION),
                    "--roster.client.last-good.directory=" + lastGood));
            arguments.put("eureka", List.of("--eureka.client.service-url.defaultZone=" + stubs.address() + "/eureka/"));
            arguments.put("config", List.of("--spring.config.import=configserver:" + stubs.address()));
            arguments.put("eureka-config",
                    List.of("--eureka.client.service-url.defaultZone=" + stubs.address() + "/eureka/",
                            "--spring.config.import=configserver:" + stubs.address()));
            Map<String, List<Start>> starts = new LinkedHashMap<>();
            // One round more: the first warms the disk's cache and does not count.
            for (int round = 0; round <= rounds; round++) {
                for (Map.Entry<String, List<String>> application : arguments.entrySet()) {
                    Start start = start(application.getKey(), application.getValue());
                    if (round > 0) {
                        starts.computeIfAbsent(application.getKey(), name -> new ArrayList<>()).add(start);
                    }
                }
            }
            print(starts);
        }
    }

    private Start start(String name, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m", "-Xmx256m", "-jar", ExecutableJar.of("startup-" + name).toString(), "--server.port=0",
                "--spring.application.name=measured", "--spring.main.banner-mode=off"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> output = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    long processor = process.info().totalCpuDuration().orElseThrow().toMillis();
                    return new Start(Long.parseLong(ready.group(1)), Long.parseLong(ready.group(2)),
                            Long.parseLong(ready.group(3)), processor);
                }
            }
            throw new IllegalStateException(name + " did not start:\n" + String.join("\n", output));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void print(Map<String, List<Start>> starts) {
        List<Start> bare = starts.values().iterator().next();
        long bareMillis = median(bare.stream().mapToLong(Start::millis).toArray());
        long bareHeap = median(bare.stream().mapToLong(Start::heapKilobytes).toArray());
        out.println("| Application | Ready after | to bare | Processor time | Live heap | to bare | Classes |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        starts.forEach((name, all) -> {
            long millis = median(all.stream().mapToLong(Start::millis).toArray());
            long heap = median(all.stream().mapToLong(Start::heapKilobytes).toArray());
            out.printf(Locale.ROOT, "| %s | %,d ms | %.2f | %,d ms | %.1f MB | %.2f | %,d |%n", name, millis,
                    (double) millis / bareMillis, median(all.stream().mapToLong(Start::processorMillis).toArray()),
                    heap / 1024.0, (double) heap / bareHeap,
                    median(all.stream().mapToLong(Start::classes).toArray()));
        });
        out.println(bare.size() + " rounds, median");
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
