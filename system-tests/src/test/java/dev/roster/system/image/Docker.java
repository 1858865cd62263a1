package dev.roster.system.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The docker command, run in the project's folder. */
final class Docker {

    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private Docker() {}

    /**
     * What a command has done.
     *
     * @param code exit code
     * @param output what it printed, both streams, without white space around
     */
    record Finished(int code, String output) {}

    /** Whether there is a docker command and an engine behind it. */
    static boolean answers() {
        try {
            return start(List.of("docker", "version")).code() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }

    /** Runs docker with these arguments and returns what it printed; an exit code other than 0 fails the test. */
    static String run(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return command(command);
    }

    /** Runs any command in the project's folder in the same way. */
    static String command(List<String> command) {
        try {
            var finished = start(command);
            if (finished.code() != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + finished.code() + ": "
                        + finished.output());
            }
            return finished.output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finished start(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return new Finished(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        }
    }
}
