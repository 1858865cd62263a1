package dev.roster.server.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Up to where this member has said that it has the log, kept beside the log. A log that ends before it has lost entries that
 * somebody counts on.
 *
 * <p>Atomix 3.1.12 reads a log up to the first entry that it can't read and takes that for its end, so that a member with a
 * damaged file would serve an old state, and vote, without a word.
 *
 * <p>The file has two slots, written in turn, each with a number that counts up, index, term and CRC-32C: when one is torn,
 * the other still holds. {@link #raise} leaves it to the kernel when the mark reaches the disk: a process that is killed
 * loses nothing; after a power failure the mark may be older than the log, which makes it ask for less. {@link #lower}
 * syncs, because a mark that is too high would make a whole log look damaged.
 *
 * <p>Used by one thread.
 */
final class HighWaterMark implements AutoCloseable {

    private static final int SLOT_BYTES = 4 * Long.BYTES;

    /** Slots lie in sectors of their own, so that a torn write hits one. */
    private static final int SLOT_DISTANCE = 4096;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT_BYTES);
    private final CRC32C crc = new CRC32C();
    private long number;
    private long index;
    private long term;

    private HighWaterMark(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the mark, or makes one when there is no log yet.
     *
     * @param logExists whether there is a log that it should stand beside
     * @throws MemberStartException if it is missing or neither slot is whole
     */
    static HighWaterMark open(Path file, boolean logExists) {
        boolean exists = Files.exists(file);
        if (!exists && logExists) {
            throw unusable("is missing", file);
        }
        HighWaterMark mark;
        try {
            mark = new HighWaterMark(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
            if (exists && !mark.read() && logExists) {
                mark.close();
                throw unusable("is damaged", file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
        if (!exists) {
            mark.writeSynced(0, 0);
            MemberDirectory.syncDirectory(file.toAbsolutePath().getParent());
        }
        return mark;
    }

    private static MemberStartException unusable(String how, Path file) {
        return new MemberStartException(
                "The file " + file + ", which says how far the log goes, " + how + ": the log may have lost its end.",
                MemberStartException.TAKE_STATE_ANEW);
    }

    /** Returns the index of the last entry that this member has acknowledged, as far as is known. */
    long index() {
        return index;
    }

    /** Returns the term of that entry, 0 if it is not known. */
    long term() {
        return term;
    }

    /** Notes that the log is on disk up to an entry. */
    void raise(long index, long term) {
        write(index, term);
    }

    /**
     * Notes that entries after this one are about to be cut off. Durable when it returns. A mark before it stays: what was never
     * acknowledged may be lost up to the cut, too.
     */
    void lower(long index, long term) {
        if (index < this.index) {
            writeSynced(index, term);
        }
    }

    private void writeSynced(long index, long term) {
        write(index, term);
        write(index, term);
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sync " + file, e);
        }
    }

    private void write(long index, long term) {
        number++;
        slot.clear().putLong(number).putLong(index).putLong(term).flip();
        crc.reset();
        crc.update(slot);
        slot.limit(SLOT_BYTES).putLong(crc.getValue()).flip();
        try {
            long position = (number & 1) * SLOT_DISTANCE;
            while (slot.hasRemaining()) {
                position += channel.write(slot, position);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        this.index = index;
        this.term = term;
    }

    /** Takes the newer of the slots that are whole; tells whether there is one. */
    private boolean read() throws IOException {
        for (int i = 0; i < 2; i++) {
            slot.clear();
            int length = channel.read(slot, (long) i * SLOT_DISTANCE);
            if (length == SLOT_BYTES) {
                crc.reset();
                crc.update(slot.flip().limit(SLOT_BYTES - Long.BYTES));
                slot.limit(SLOT_BYTES);
                boolean whole = slot.getLong(SLOT_BYTES - Long.BYTES) == crc.getValue();
                if (whole && slot.getLong(0) > number) {
                    number = slot.getLong(0);
                    index = slot.getLong(Long.BYTES);
                    term = slot.getLong(2 * Long.BYTES);
                }
            }
        }
        return number > 0;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file, e);
        }
    }
}
