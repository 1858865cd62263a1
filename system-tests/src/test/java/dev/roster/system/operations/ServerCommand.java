package dev.roster.system.operations;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command of the server's jar, run to its end.
 *
 * @param exitCode its exit code
 * @param output what it printed, on both streams
 */
record ServerCommand(int exitCode, String output) {

    private static final long LIMIT_SECONDS = 60;

    static ServerCommand run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("command-output");
        try {
            Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return new ServerCommand(process.exitValue(), java.nio.file.Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String jar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith("-exec.jar") && entry.contains("registry-server")).findFirst()
                .orElseThrow(() -> new IllegalStateException("the server's jar is not on the class path"));
    }
}
