package dev.roster.benchmarks.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What the heap of a JVM holds that is not garbage, as its own count of all objects after a full collection says. */
final class ServerHeap {

    private static final String TOTAL = "Total ";
    private static final int BYTES_COLUMN = 2;

    private ServerHeap() {}

    /** Returns the bytes of that of several processes which has the most. */
    static long largest(List<ProcessHandle> processes) throws IOException {
        long most = 0;
        for (ProcessHandle process : processes) {
            most = Math.max(most, bytes(process));
        }
        return most;
    }

    private static long bytes(ProcessHandle process) throws IOException {
        Process counter = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), "GC.class_histogram").redirectErrorStream(true).start();
        try (var lines = counter.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().filter(line -> line.startsWith(TOTAL))
                    .map(line -> Long.parseLong(line.split("\\s+", -1)[BYTES_COLUMN])).reduce((_, last) -> last)
                    .orElseThrow(() -> new IOException("no count of objects of process " + process.pid()));
        }
    }
}
