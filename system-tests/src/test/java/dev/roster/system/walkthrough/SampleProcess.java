package dev.roster.system.walkthrough;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A sample application in a process of its own, with its executable jar from the class path. */
final class SampleProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Process process;
    private final Path log;
    private final int port;

    private SampleProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static SampleProcess start(String name, int port, URI roster, String token, Path directory) throws IOException {
        return start(name, port, roster, token, directory, Map.of());
    }

    /** Starts it with further variables of its environment. */
    static SampleProcess start(String name, int port, URI roster, String token, Path directory,
            Map<String, String> environment) throws IOException {
        Path log = directory.resolve(name + "-" + port + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC", "-jar", jar(name).toString(), "--server.port=" + port))
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("ROSTER_CLIENT_ADDRESSES", roster.toString());
        builder.environment().put("ROSTER_CLIENT_TOKEN", token);
        builder.environment().putAll(environment);
        return new SampleProcess(builder.start(), log, port);
    }

    /** Finds the jar by its manifest: test runners hide the class path behind a jar of their own. */
    private static Path jar(String name) throws IOException {
        var manifests = SampleProcess.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
        for (URL manifest : Collections.list(manifests)) {
            if (manifest.openConnection() instanceof JarURLConnection connection) {
                Path jar = Path.of(URI.create(connection.getJarFileURL().toString()));
                if (jar.getFileName().toString().matches(name + "-sample-.*-exec\\.jar")) {
                    return jar;
                }
            }
        }
        throw new IllegalStateException("no executable jar of " + name + " on the class path");
    }

    /** Returns what the application answers, or why it does not. */
    String get(String path) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Ends the process as it is ended in a deployment (SIGTERM), and waits until it has.
     *
     * @throws IllegalStateException if that takes longer than is patience for; the message has its output
     */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT)) {
                throw new IllegalStateException("it has not ended after " + STOP_TIMEOUT + ":\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process at once, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
