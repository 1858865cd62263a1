package dev.roster.server.store.raft;

import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotDescriptor;
import io.atomix.protocols.raft.storage.snapshot.SnapshotReader;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.storage.buffer.HeapBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * A snapshot that is being written, piece after piece, to a file that gets its name when it is whole and on disk. The layout
 * is that of {@code FileSnapshot} of Atomix 3.1.12: a descriptor of 64 bytes, a length of 4 bytes, the content.
 *
 * <p>A {@code FileSnapshot} of Atomix can be written to only once: when it is opened again, as it is for each piece that a
 * leader sends, its buffer grows from 64 bytes anew and zeroes what was written before.
 *
 * <p>Used by one thread at a time.
 */
final class SnapshotDraft extends Snapshot {

    /** Where the content begins in the file. */
    static final int CONTENT_POSITION = SnapshotDescriptor.BYTES + Integer.BYTES;

    /** Leaders send 32 KiB at a time. */
    private static final int PIECE_BYTES = 32 * 1024;

    private static final int MAX_PIECE_BYTES = 16 * 1024 * 1024;

    /** Synced in pieces, so that a sync of the log never waits for the whole snapshot. */
    private static final int SYNC_BYTES = 4 * 1024 * 1024;

    private final Path file;
    private final Path draft;
    private final FileChannel channel;
    private final Supplier<Snapshot> completed;
    private long length;
    private int unsynced;

    /**
     * Begins a file.
     *
     * @param file its name once it is whole
     * @param draft its name until then, in the same directory
     * @param completed gives Atomix's view of that file
     */
    SnapshotDraft(Path file, Path draft, SnapshotDescriptor descriptor, SyncedSnapshotStore store,
            Supplier<Snapshot> completed) {
        super(descriptor, store);
        this.file = file;
        this.draft = draft;
        this.completed = completed;
        try {
            this.channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE).position(CONTENT_POSITION);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + draft, e);
        }
    }

    /** Returns a writer for the next piece, which is in the file when the writer is closed. */
    @Override
    public SnapshotWriter openWriter() {
        checkWriter();
        return openWriter(new SnapshotWriter(HeapBuffer.allocate(PIECE_BYTES, MAX_PIECE_BYTES), this), descriptor);
    }

    @Override
    protected void closeWriter(SnapshotWriter writer) {
        byte[] piece = new byte[writer.buffer().position()];
        writer.buffer().flip().read(piece);
        super.closeWriter(writer);
        append(ByteBuffer.wrap(piece));
    }

    /** Returns how many bytes of content there are. */
    long length() {
        return length;
    }

    /** Writes the next bytes of the content. */
    void append(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (length + count > Integer.MAX_VALUE) {
            throw new IllegalStateException("a snapshot can't be larger than 2 GiB");
        }
        write(bytes, CONTENT_POSITION + length);
        length += count;
        unsynced += count;
        if (unsynced >= SYNC_BYTES) {
            sync();
        }
    }

    /** Writes four bytes of the content anew. */
    void putInt(long position, int value) {
        write(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip(), CONTENT_POSITION + position);
    }

    /** Ends the file. Durable when it returns. */
    @Override
    public Snapshot persist() {
        write(ByteBuffer.allocate(CONTENT_POSITION).putLong(descriptor.index()).putLong(descriptor.timestamp())
                .putInt(descriptor.version()).put((byte) 1).position(SnapshotDescriptor.BYTES).putInt((int) length)
                .flip(),
                0);
        sync();
        try {
            channel.close();
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        MemberDirectory.syncDirectory(file.toAbsolutePath().getParent());
        return completed.get();
    }

    private void write(ByteBuffer bytes, long position) {
        try {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + draft, e);
        }
    }

    private void sync() {
        try {
            channel.force(false);
            unsynced = 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sync " + draft, e);
        }
    }

    @Override
    public Snapshot complete() {
        return persist().complete();
    }

    @Override
    public SnapshotReader openReader() {
        throw new IllegalStateException(draft + " is not whole yet");
    }

    @Override
    public boolean isPersisted() {
        return false;
    }

    @Override
    public void delete() {
        try {
            channel.close();
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + draft, e);
        }
    }
}
