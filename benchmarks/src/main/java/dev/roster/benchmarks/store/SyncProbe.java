package dev.roster.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Appends to a plain file on the same disk and syncs it, some times a second: what the disk does to anybody. */
final class SyncProbe implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int BYTES = 200;

    private final AtomicLong longestNanos = new AtomicLong();
    private final Thread thread;

    private SyncProbe(Path file) {
        thread = Thread.ofPlatform().name("sync-probe").daemon().start(() -> run(file));
    }

    static SyncProbe start(Path file) {
        return new SyncProbe(file);
    }

    private void run(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(BYTES));
                channel.force(true);
                longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** Returns the longest since this was asked last. */
    double takeLongestMillis() {
        return longestNanos.getAndSet(0) / 1e6;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
