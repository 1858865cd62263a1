package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Restore;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Txn;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how much room the log has, and has new data refused before a write would fail.
 *
 * <p>Atomix 3.1.12 begins no new file of the log when less than three of them would fit; a command then hangs until its time
 * is over, and nobody knows whether it was carried out. Ending leases and compaction, which make room, are still taken
 * until then.
 *
 * <p>{@link #refuses} and {@link #hasRoom} may be called by any thread, everything else by one.
 */
final class DiskWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    /** Room for three files that Atomix wants, and as much again for what is under way and a small snapshot. */
    static final long LOW_BYTES = 6L * RaftNode.SEGMENT_BYTES;

    /** A little more ends the state than begins it, so that it does not come and go. */
    static final long ENOUGH_BYTES = 8L * RaftNode.SEGMENT_BYTES;

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The others may be as full, and every change of the leader takes a moment. */
    private static final long HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path directory;
    private final LongSupplier usableBytes;
    private final LongSupplier nanoTime;
    private long lookedAt;
    private boolean asked;
    private long askedAt;
    private volatile long usable = Long.MAX_VALUE;
    private volatile boolean low;

    DiskWatch(Path directory, LongSupplier usableBytes, LongSupplier nanoTime, MeterRegistry meters) {
        this.directory = directory;
        this.usableBytes = usableBytes;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong() - LOOK_NANOS;
        Gauge.builder("roster.store.disk.usable", this, watch -> watch.usable).baseUnit("bytes")
                .description("Room that the log has on its disk").register(meters);
        look();
    }

    static DiskWatch of(Path directory, MeterRegistry meters) {
        return new DiskWatch(directory, () -> usable(directory), System::nanoTime, meters);
    }

    private static long usable(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the disk of " + directory, e);
        }
    }

    /** Looks again, unless it has just done so. */
    void look() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        usable = usableBytes.getAsLong();
        if (!low && usable < LOW_BYTES) {
            low = true;
            LOG.error(
                    "The disk of {} is nearly full: {} MiB are left, {} MiB are needed. New data is refused, reads go on",
                    directory, usable >> 20, LOW_BYTES >> 20);
        } else if (low && usable >= ENOUGH_BYTES) {
            low = false;
            LOG.info("The disk of {} has room again: {} MiB. New data is accepted", directory, usable >> 20);
        }
    }

    /** Tells whether this command would add data that there may be no room for. */
    boolean refuses(Command command) {
        return low && switch (command) {
            case Txn _,GrantLease _,Restore _,CommitParts _ -> true;
            case RevokeLeases _,ExpireLeases _,Compact _ -> false;
        };
    }

    /** Tells whether there is room for new data. */
    boolean hasRoom() {
        return !low;
    }

    /** Tells whether another member had better lead: now and then while there is little room. */
    boolean asksForAnotherLeader() {
        long now = nanoTime.getAsLong();
        if (!low || (asked && now - askedAt < HANDOVER_NANOS)) {
            return false;
        }
        asked = true;
        askedAt = now;
        return true;
    }
}
