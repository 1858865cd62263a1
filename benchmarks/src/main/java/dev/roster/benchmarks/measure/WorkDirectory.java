package dev.roster.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory of a benchmark, deleted at its end. */
public final class WorkDirectory implements AutoCloseable {

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes the directory.
     *
     * @param args of the benchmark; the one at {@code index}, if there is one, says on which disk
     */
    public static WorkDirectory of(String[] args, int index, String name) throws IOException {
        return new WorkDirectory(args.length > index
                ? Files.createTempDirectory(Path.of(args[index]), name)
                : Files.createTempDirectory(name));
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Returns how long all files below a directory are together, which for sparse ones is more than they take. */
    public static long bytesIn(Path directory) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(directory, new Visitor() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Visitor() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes over what vanishes meanwhile, such as old files of a log. */
    private static class Visitor extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (error instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw error;
        }
    }
}
