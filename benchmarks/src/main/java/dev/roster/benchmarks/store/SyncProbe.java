package dev.roster.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Appends to a plain file on the same disk and syncs it, some times a second: what the disk does to anybody. */
final class SyncProbe implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int BYTES = 200;

    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean closed;

    private SyncProbe() {}

    static SyncProbe start(Path file) {
        SyncProbe probe = new SyncProbe();
        Thread.ofPlatform().name("sync-probe").daemon().start(() -> probe.run(file));
        return probe;
    }

    private void run(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (!closed) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(BYTES));
                channel.force(true);
                longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the longest since this was asked last. */
    double takeLongestMillis() {
        return longestNanos.getAndSet(0) / 1e6;
    }

    @Override
    public void close() {
        closed = true;
    }
}
