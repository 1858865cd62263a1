package dev.roster.server.store.raft;

import dev.roster.server.store.StateImage;
import dev.roster.server.store.raft.SyncedSnapshotStore.Boundary;
import io.atomix.protocols.raft.service.RaftServiceContext;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.storage.buffer.HeapBuffer;
import io.atomix.storage.journal.JournalSegment;
import io.atomix.utils.serializer.Serializer;
import io.atomix.utils.time.WallClockTimestamp;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state to a snapshot when the log has grown, while commands go on, and cuts off the log behind it.
 *
 * <p>Atomix 3.1.12 writes snapshots on the thread that applies the log, so that a large state stops all writes for seconds;
 * one that fails makes it never compact again; and under load it puts compaction off until the disk is nearly full. Here
 * that thread only notes what the state is ({@link StateImage} takes about a millisecond); another writes it. What fails
 * is tried again, and the log stays until it has worked.
 *
 * <p>A snapshot is taken when the log behind the last one is as large as that snapshot, and 64 MiB at least: so the log on
 * disk is never much larger than the state, and each byte of log costs at most one byte of snapshot.
 */
final class SnapshotTaker {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);

    /** Less log than this is quicker to apply again than it is worth a snapshot. */
    static final long MIN_LOG_BYTES = 4L * RaftNode.SEGMENT_BYTES;

    /** Files of the log that stay before the snapshot, for members that were away a moment. */
    private static final int KEPT_SEGMENTS = 2;

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(30);

    /** What Atomix writes in front of our bytes: names, and some hundred bytes for each session. */
    private static final int HEADER_BYTES = 4096;
    private static final int MAX_HEADER_BYTES = 16 * 1024 * 1024;

    private final DurableRaftContext raft;
    private final CapturedImage captured;
    private final Executor background;
    private final LongSupplier nanoTime;
    private final LogMetrics metrics;
    private long notBefore;
    private boolean busy;
    private volatile boolean stopped;

    /**
     * Makes a taker; it does nothing until it is started.
     *
     * @param captured where the service puts its state when Atomix asks it for a backup
     * @param background runs the writing, which may take seconds
     */
    SnapshotTaker(DurableRaftContext raft, CapturedImage captured, Executor background, LongSupplier nanoTime,
            LogMetrics metrics) {
        this.raft = raft;
        this.captured = captured;
        this.background = background;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.notBefore = nanoTime.getAsLong();
    }

    /** Looks at the log from now on, every second, on the Raft thread. */
    void start() {
        raft.getThreadContext().schedule(CHECK_INTERVAL, CHECK_INTERVAL, this::check);
    }

    /** Begins no snapshot any more. One that is being written may be interrupted: then nothing has changed. */
    void stop() {
        stopped = true;
    }

    private void check() {
        if (stopped) {
            return;
        }
        try {
            metrics.recordLog(raft.memberLog().segments().size() * (long) RaftNode.SEGMENT_BYTES,
                    raft.getCommitIndex() - raft.getLastApplied());
            if (!busy && nanoTime.getAsLong() - notBefore >= 0 && bytesToCompact() >= threshold()) {
                var _ = take();
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule without a word, and the log would grow until the disk is full.
            failed(e);
        }
    }

    private long threshold() {
        return Math.max(MIN_LOG_BYTES, raft.snapshots().size());
    }

    /** Returns the size of the files that hold nothing but applied entries after the last snapshot. */
    private long bytesToCompact() {
        long covered = raft.snapshots().boundary().index();
        long applied = raft.getLastApplied();
        long bytes = 0;
        JournalSegment<RaftLogEntry> before = null;
        for (JournalSegment<RaftLogEntry> segment : raft.memberLog().segments()) {
            if (before != null && segment.index() <= applied && before.index() > covered) {
                bytes += RaftNode.SEGMENT_BYTES;
            }
            before = segment;
        }
        return bytes;
    }

    /**
     * Takes a snapshot of what is applied now. Must be called on the Raft thread.
     *
     * @return completed once it is on disk and the log is cut; fails when it could not be written
     */
    CompletableFuture<Void> take() {
        busy = true;
        long began = nanoTime.getAsLong();
        return CompletableFuture.supplyAsync(this::capture, raft.getServiceManager().executor())
                .thenApplyAsync(this::write, background)
                .thenAcceptAsync(this::complete, raft.getThreadContext())
                .whenCompleteAsync((done, error) -> {
                    busy = false;
                    if (error == null) {
                        metrics.recordSnapshot(nanoTime.getAsLong() - began,
                                raft.snapshots().size());
                    } else {
                        failed(error);
                    }
                }, raft.getThreadContext());
    }

    private void failed(Throwable error) {
        if (stopped) {
            LOG.debug("A snapshot of the state was given up", error);
            return;
        }
        notBefore = nanoTime.getAsLong() + RETRY_DELAY.toNanos();
        metrics.recordFailedSnapshot();
        LOG.error("A snapshot of the state can't be written; the log stays, and it is tried again in {} s",
                RETRY_DELAY.toSeconds(), error);
    }

    /** What a snapshot will hold: Atomix's part is written already, ours is still an image. */
    private record Draft(SnapshotDraft snapshot, List<Part> parts) {}

    private record Part(ByteBuffer header, StateImage image) {}

    /** Runs on the thread that applies: all of it is the state at one entry. */
    private Draft capture() {
        long index = raft.getLastApplied();
        if (raft.snapshots().isToBeInstalled(index)) {
            // An image would lack them, and take the place of the snapshot that has them.
            throw new IllegalStateException("entries up to " + index
                    + " count as applied, but they are in a snapshot that is installed with the entry after it");
        }
        SnapshotDraft snapshot = raft.snapshots().newOwnSnapshot(index, new WallClockTimestamp());
        List<Part> parts = new ArrayList<>();
        for (RaftServiceContext service : raft.getServices()) {
            HeapBuffer header = HeapBuffer.allocate(HEADER_BYTES, MAX_HEADER_BYTES);
            SnapshotWriter writer = new SnapshotWriter(header, snapshot);
            byte[] config = Serializer.using(service.serviceType().namespace()).encode(service.serviceConfig());
            writer.writeLong(service.serviceId().id()).writeString(service.serviceType().name())
                    .writeString(service.serviceName()).writeInt(config.length).writeBytes(config);
            service.takeSnapshot(writer);
            byte[] bytes = new byte[header.position()];
            header.flip().read(bytes);
            parts.add(new Part(ByteBuffer.wrap(bytes), captured.take()));
        }
        return new Draft(snapshot, parts);
    }

    private Snapshot write(Draft draft) {
        SnapshotDraft snapshot = draft.snapshot();
        try {
            Boundary last = new Boundary(snapshot.index(), termOf(snapshot.index()));
            for (Part part : draft.parts()) {
                long start = snapshot.length();
                snapshot.append(ByteBuffer.allocate(Integer.BYTES));
                snapshot.append(part.header());
                try (OutputStream sealed = SnapshotSeal.writer(new Appending(snapshot), last)) {
                    part.image().writeTo(new DataOutputStream(sealed));
                }
                snapshot.putInt(start, (int) (snapshot.length() - start - Integer.BYTES));
            }
            return snapshot.persist();
        } catch (IOException | RuntimeException e) {
            snapshot.delete();
            throw new IllegalStateException("snapshot of entry " + snapshot.index(), e);
        }
    }

    /** Reads the file of the log: readers of Atomix belong to the Raft thread. */
    private long termOf(long index) {
        return SegmentFile.holding(raft.getStorage().directory().toPath(), raft.getStorage().prefix(), index)
                .map(file -> SegmentFile.read(file).termOf(index)).orElseThrow();
    }

    private void complete(Snapshot snapshot) {
        snapshot.complete();
        List<Long> before = raft.memberLog().segments().stream().map(JournalSegment::index)
                .filter(first -> first <= snapshot.index()).toList();
        if (before.size() > KEPT_SEGMENTS) {
            raft.memberLog().compact(before.get(before.size() - 1 - KEPT_SEGMENTS));
        }
        LOG.info("Wrote a snapshot of entry {}, {} bytes; the log begins with entry {}", snapshot.index(),
                raft.snapshots().size(), raft.memberLog().firstIndex());
    }

    /** The state that a service was last asked for. */
    static final class CapturedImage implements Consumer<StateImage> {

        private final AtomicReference<@Nullable StateImage> image = new AtomicReference<>();

        @Override
        public void accept(StateImage image) {
            this.image.set(image);
        }

        StateImage take() {
            StateImage taken = image.getAndSet(null);
            if (taken == null) {
                throw new IllegalStateException("the service gave no image");
            }
            return taken;
        }
    }

    /** Writes to a draft. The seal hands over frames, so that nothing need be gathered here. */
    private static final class Appending extends OutputStream {

        private final SnapshotDraft draft;

        Appending(SnapshotDraft draft) {
            this.draft = draft;
        }

        @Override
        public void write(int value) {
            draft.append(ByteBuffer.wrap(new byte[]{(byte) value}));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            draft.append(ByteBuffer.wrap(bytes, offset, length));
        }
    }
}
