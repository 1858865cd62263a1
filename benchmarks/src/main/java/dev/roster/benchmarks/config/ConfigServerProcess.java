package dev.roster.benchmarks.config;

import dev.roster.benchmarks.measure.Ports;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Spring Cloud Config server in a process of its own, which reads files of a directory (profile {@code native}). */
final class ConfigServerProcess implements AutoCloseable {

    private static final int STARTS = 600;
    private static final int POLL_MILLIS = 100;
    private static final int SUCCESS = 200;

    private final Process process;
    private final URI address;

    private ConfigServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param directory with the files
     * @param path what it is asked for to see whether it answers
     */
    static ConfigServerProcess start(Path directory, String path) throws Exception {
        int port = Ports.free();
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", jar().toString(), "--server.port=" + port, "--server.address=127.0.0.1",
                "--spring.profiles.active=native",
                "--spring.cloud.config.server.native.search-locations=" + directory.toUri()))
                .redirectErrorStream(true).redirectOutput(Redirect.to(directory.resolveSibling("rival.log").toFile()))
                .start();
        ConfigServerProcess started = new ConfigServerProcess(process, URI.create("http://127.0.0.1:" + port));
        started.awaitAnswer(path);
        return started;
    }

    private static Path jar() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path target = folder.resolve("benchmarks/config-server/target");
            if (Files.isDirectory(target)) {
                try (Stream<Path> files = Files.list(target)) {
                    return files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst()
                            .orElseThrow(ConfigServerProcess::notBuilt);
                }
            }
            folder = folder.getParent();
        }
        throw notBuilt();
    }

    private static IllegalStateException notBuilt() {
        return new IllegalStateException("the rival is not built: run it by Maven, with -Privals");
    }

    private void awaitAnswer(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
            for (int i = 0; i < STARTS && process.isAlive(); i++) {
                try {
                    if (client.send(request, BodyHandlers.discarding()).statusCode() == SUCCESS) {
                        return;
                    }
                } catch (IOException e) {
                    // Nobody listens yet.
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
        close();
        throw new IllegalStateException("the config server does not answer " + path);
    }

    URI address() {
        return address;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
