package dev.roster.benchmarks.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a disk can do without batching: append, sync, append, sync. */
final class SyncBaseline {

    private SyncBaseline() {}

    static double syncsPerSecond(Path file, int bytes, long nanos) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            long began = System.nanoTime();
            long syncs = 0;
            while (System.nanoTime() - began < nanos) {
                buffer.clear();
                channel.write(buffer);
                channel.force(true);
                syncs++;
            }
            return syncs / ((System.nanoTime() - began) / 1e9);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
