package dev.roster.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link StoreProcess} that the test starts, stops and starts again. */
final class StoreMember implements AutoCloseable {

    private static final Path JVM_OPTIONS = Path.of("..", "registry-server", "jvm.options").toAbsolutePath();
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final String id;
    private final Path directory;
    private final Map<String, Integer> ports;
    private final int clientPort;
    private final Links links;
    private @Nullable Process process;
    private volatile boolean paused;

    /**
     * Makes a member that is not started.
     *
     * @param ports on which each member listens for the others
     */
    StoreMember(String id, Path directory, Map<String, Integer> ports, int clientPort, Links links) {
        this.id = id;
        this.directory = directory;
        this.ports = ports;
        this.clientPort = clientPort;
        this.links = links;
    }

    String id() {
        return id;
    }

    int clientPort() {
        return clientPort;
    }

    void start() {
        try {
            Files.createDirectories(directory);
            Path hosts = directory.resolve("hosts");
            links.writeHosts(id, hosts);
            String members = ports.entrySet().stream().map(member -> member.getKey() + "=" + member.getKey() + ":"
                    + member.getValue()).collect(Collectors.joining(","));
            process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "@" + JVM_OPTIONS,
                    "-Djdk.net.hosts.file=" + hosts, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path"), StoreProcess.class.getName(), id, members,
                    data().toString(), Integer.toString(clientPort))
                    .redirectErrorStream(true).redirectOutput(Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it knows a leader and has applied what was committed when it started. */
    void awaitReady() throws InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > limit || !isAlive()) {
                throw new AssertionError(id + " is not ready: " + tail());
            }
            Thread.sleep(20);
        }
    }

    /**
     * Waits until it is ready, or has ended because it does not trust its data.
     *
     * @return what it said of that; empty if it is ready
     */
    String awaitReadyOrRefusal() throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (isAlive()) {
            if (isReady()) {
                return "";
            }
            if (System.nanoTime() > limit) {
                throw new AssertionError(id + " neither starts nor says why: " + tail());
            }
            Thread.sleep(20);
        }
        List<String> said = fatalities();
        if (said.isEmpty()) {
            throw new AssertionError(id + " has ended and does not say why: " + tail());
        }
        Files.move(log(), directory.resolve("log-" + System.nanoTime()));
        return said.getLast();
    }

    /** Waits until it has again all that it may have acknowledged before it lost its data, and votes. */
    void awaitWhole() throws InterruptedException {
        awaitReady();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (Files.exists(data().resolve("raft").resolve("abstains"))) {
            if (System.nanoTime() > limit || !isAlive()) {
                throw new AssertionError(id + " does not vote again: " + tail());
            }
            Thread.sleep(20);
        }
    }

    /** Returns where it keeps its data. */
    Path data() {
        return directory.resolve("data");
    }

    /** Removes its data. It must not run. */
    void wipe() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean isReady() {
        try (StoreConnection connection = new StoreConnection(clientPort)) {
            StoreConnection.Status status = connection.status();
            return !status.leader().isEmpty() && status.caughtUp();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the leader as this member knows it, empty if it knows none. */
    String leader() {
        try (StoreConnection connection = new StoreConnection(clientPort)) {
            return connection.status().leader();
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns all writes after a revision. */
    List<Event> events(long after) throws IOException {
        try (StoreConnection connection = new StoreConnection(clientPort)) {
            return connection.events(after);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    boolean isPaused() {
        return paused;
    }

    /** Ends the process with SIGKILL and waits for its end. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
            paused = false;
        }
    }

    /** Stops the process with SIGSTOP: connections stay, nothing is answered. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
        paused = true;
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
        paused = false;
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (process != null) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
    }

    /** Returns what the process said of its end, if it ended by itself. */
    List<String> fatalities() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.startsWith("FATAL") || line.startsWith("REFUSED")).toList();
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    @Override
    public String toString() {
        return id;
    }
}
