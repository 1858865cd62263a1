package dev.roster.system.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the server's jar, run to its end.
 *
 * @param exitCode its exit code
 * @param output what it printed, on both streams
 */
record ServerCommand(int exitCode, String output) {

    private static final long LIMIT_SECONDS = 60;

    static ServerCommand run(Path directory, String... arguments) {
        Path output = directory.resolve("command-output");
        try {
            List<String> command = new ArrayList<>(
                    List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1", "-jar", jar()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return new ServerCommand(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the executable jar, found by its manifest: how the class path is given differs between runners. */
    private static String jar() throws IOException {
        for (URL manifest : Collections
                .list(ServerCommand.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            if (manifest.openConnection() instanceof JarURLConnection connection
                    && connection.getJarFileURL().getPath().endsWith("-exec.jar")) {
                return Path.of(connection.getJarFileURL().getPath()).toString();
            }
        }
        throw new IllegalStateException("the server's jar is not on the class path");
    }
}
