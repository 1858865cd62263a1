package dev.roster.test;

import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Roster server in a process of its own, which a test may stop, kill, pause, and start again on the same data and ports.
 * {@link #close} ends it and deletes what it left, unless the data directory was given. Used by one thread.
 */
public final class RosterProcess implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int SHOWN_LINES = 100;

    private final RosterProcessBuilder settings;
    private final Path directory;
    private final Path dataDirectory;
    private final int port;
    private final int clusterPort;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread shutdownHook = new Thread(this::kill, "kill-roster");
    private @Nullable Process process;
    private boolean paused;
    private @Nullable RosterClient client;

    RosterProcess(RosterProcessBuilder settings) throws IOException {
        this.settings = settings;
        directory = Files.createTempDirectory("roster-test-");
        Path given = settings.dataDirectory;
        dataDirectory = given == null ? directory.resolve("data") : given;
        port = FreePorts.next();
        clusterPort = FreePorts.next();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Returns settings, all at their defaults. */
    public static RosterProcessBuilder builder() {
        return new RosterProcessBuilder();
    }

    /** Returns the URL of the server, {@code http://127.0.0.1:<port>}; the same for its whole life. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the port on which the server listens for other members. */
    public int clusterPort() {
        return clusterPort;
    }

    /** Returns where the server keeps its data. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Returns the file that holds everything the server has printed, over all its starts. */
    public Path logFile() {
        return directory.resolve("server.log");
    }

    /** Returns the id of the process that runs, or ran last. */
    public long pid() {
        return started().pid();
    }

    /** Tells whether the process runs, be it paused. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * Starts the server. Returns at once; see {@link #awaitReady}.
     *
     * @param properties further properties of the server, {@code name=value}
     */
    public RosterProcess start(String... properties) {
        if (isRunning()) {
            throw new IllegalStateException("the server runs already");
        }
        List<String> command = settings.command(port, clusterPort, dataDirectory, List.of(properties));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().putAll(settings.environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot be started: " + command, e);
        }
        return this;
    }

    /** Waits until the server is ready, as long as a start may take. */
    public RosterProcess awaitReady() {
        return awaitReady(settings.startTimeout);
    }

    /**
     * Waits until the server is ready: it has a leader and has caught up.
     *
     * @throws IllegalStateException if it ends before, or is not ready in time; the message has the end of its output
     */
    public RosterProcess awaitReady(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            if (!isRunning()) {
                throw new IllegalStateException(
                        "the server ended with code " + started().exitValue() + " at its start:\n"
                                + logTail());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the server is not ready after " + timeout + ":\n" + logTail());
            }
            waitFor(POLL);
        }
        return this;
    }

    /** Asks the server whether it is ready. */
    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(address().resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(2)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Stops the server in an orderly way (SIGTERM) and waits for its end; after 30 s it is killed. */
    public void stop() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        resume();
        server(running).destroy();
        if (!waitFor(STOP_TIMEOUT)) {
            kill();
        }
    }

    /** Ends the server at once (SIGKILL, {@code kill -9}) and waits until it is gone. */
    public void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
        paused = false;
    }

    /** Halts the server without ending it (SIGSTOP): it keeps its connections and answers nothing. */
    public void pause() {
        signal("STOP");
        paused = true;
    }

    /** Tells whether the server is paused. */
    public boolean isPaused() {
        return paused;
    }

    /** Lets a paused server go on (SIGCONT). */
    public void resume() {
        signal("CONT");
        paused = false;
    }

    /** Starts a server that has ended again, on the same data and ports, and waits until it is ready. */
    public RosterProcess restart() {
        return start().awaitReady();
    }

    /**
     * Returns the password of the user {@code admin} that the first start has made.
     *
     * @throws IllegalStateException if this server has not made it
     */
    public String adminPassword() {
        try {
            return Files.readString(adminPasswordFile()).strip();
        } catch (IOException e) {
            throw new IllegalStateException("there is no " + adminPasswordFile() + ":\n" + logTail(), e);
        }
    }

    boolean hasAdminPassword() {
        return Files.exists(adminPasswordFile());
    }

    private Path adminPasswordFile() {
        return dataDirectory.resolve("admin-password");
    }

    /** Returns a client with the role admin. It is closed with this process. */
    public RosterClient client() {
        RosterClient made = client;
        if (made == null) {
            made = RosterClient.builder().address(address().toString())
                    .credentials(Credentials.token(issueToken(Role.ADMIN))).build();
            client = made;
        }
        return made;
    }

    /** Returns a new token of the user admin with this role, valid for 12 hours. */
    public String issueToken(Role role) {
        try (RosterClient admin = RosterClient.builder().address(address().toString())
                .credentials(Credentials.user("admin", adminPassword())).build()) {
            return admin.security().issueToken(new TokenRequest("test", role, null)).secret();
        }
    }

    /** Returns what the server has printed, over all its starts. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
    }

    /** Returns the end of {@link #log}. */
    public String logTail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** Ends the server at once and deletes its data, unless the directory was given. */
    @Override
    public void close() {
        RosterClient made = client;
        if (made != null) {
            made.close();
        }
        kill();
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM ends anyway.
        }
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be deleted", e);
        }
    }

    private void signal(String name) {
        Process running = started();
        if (!running.isAlive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server(running).pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " ended with code " + kill.exitValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("this system has no program 'kill' to send SIG" + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The JVM itself, also below a program that it was {@linkplain RosterProcessBuilder#wrappedBy wrapped} by. */
    private static ProcessHandle server(Process running) {
        return running.descendants().findFirst().orElse(running.toHandle());
    }

    private Process started() {
        Process last = process;
        if (last == null) {
            throw new IllegalStateException("the server has not been started");
        }
        return last;
    }

    private boolean waitFor(Duration duration) {
        try {
            return started().waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
