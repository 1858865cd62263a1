package dev.roster.benchmarks.measure;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/** The executable jars of rivals, which are on the class path for their place only. */
public final class ExecutableJar {
    private ExecutableJar() {}

    /**
     * Returns the jar of a module.
     *
     * @throws IllegalStateException if it was not built
     */
    public static Path of(String artifact) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .filter(entry -> String.valueOf(entry.getFileName()).matches(artifact + "-\\d.*\\.jar")).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no jar " + artifact + " on the class path: run it by Maven, with -Privals"));
    }
}
