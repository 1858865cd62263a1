package dev.roster.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a process as Linux counts it. */
public final class ResidentMemory {

    private static final String FIELD = "VmRSS:";
    private static final double MEGABYTES_OF_KIB = 1024 / 1e6;

    private ResidentMemory() {}

    /** Returns the resident memory of a process. */
    public static double megabytes(ProcessHandle process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow() * MEGABYTES_OF_KIB;
        }
    }
}
