package dev.roster.server.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records what this JVM has the operating system force to disk. It is the JVM that says so, not the code under test. */
final class DiskSyncs implements AutoCloseable {

    private static final String EVENT = "jdk.FileForce";

    private final Recording recording = new Recording();

    private DiskSyncs() {
        recording.enable(EVENT).withThreshold(Duration.ZERO).withoutStackTrace();
        recording.start();
    }

    /** Begins to record. */
    static DiskSyncs record() {
        return new DiskSyncs();
    }

    /** Ends the recording, and returns what was forced to disk under a directory, or itself, one for each time. */
    List<Path> stop(Path directory) {
        recording.stop();
        try {
            Path file = Files.createTempFile("syncs", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals(EVENT))
                        .map(DiskSyncs::path).filter(path -> path.startsWith(directory)).toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(RecordedEvent event) {
        String path = event.getString("path");
        return Path.of(path == null ? "" : path);
    }

    /** Tells files of a log from others. */
    static Predicate<Path> logFiles() {
        return path -> path.toString().endsWith(".log");
    }

    @Override
    public void close() {
        recording.close();
    }
}
