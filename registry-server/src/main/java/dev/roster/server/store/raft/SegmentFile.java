package dev.roster.server.store.raft;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A file of the log as it is on disk, read without Atomix: a header of 64 bytes, then records of a length, a CRC-32 and an
 * entry, then zeros. The layout is that of {@code JournalSegmentDescriptor} and {@code FileChannelJournalSegmentWriter} of
 * Atomix 3.1.12, numbers big-endian.
 */
final class SegmentFile {

    static final int HEADER_BYTES = 64;

    /** Length and checksum in front of an entry. */
    static final int RECORD_HEADER_BYTES = 2 * Integer.BYTES;

    private static final int VERSION = 1;
    private static final int INDEX_POSITION = 12;

    private final Path path;
    private final ByteBuffer bytes;
    private final List<Integer> records = new ArrayList<>();
    private int end = HEADER_BYTES;

    private SegmentFile(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = ByteBuffer.wrap(bytes);
        if (!isBlank()) {
            int length = recordLength(end);
            while (length > 0) {
                records.add(end);
                end += RECORD_HEADER_BYTES + length;
                length = recordLength(end);
            }
        }
    }

    /** Reads a file to its end. */
    static SegmentFile read(Path path) {
        try {
            return new SegmentFile(path, Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Returns the files of a log; those without a header come last. */
    static List<Path> list(Path directory, String log) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(log + "-\\d+\\.log"))
                    .sorted(Comparator.comparing(SegmentFile::orderOf)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** Returns the file that an entry would be in. */
    static Optional<Path> holding(Path directory, String log, long index) {
        return list(directory, log).stream().filter(file -> orderOf(file) <= index).reduce((before, last) -> last);
    }

    private static long orderOf(Path file) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(header);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        long index = header.getLong(INDEX_POSITION);
        return index == 0 ? Long.MAX_VALUE : index;
    }

    Path path() {
        return path;
    }

    /** Tells whether nothing was ever written to the file: it was made just before a crash. */
    boolean isBlank() {
        return bytes.limit() < HEADER_BYTES || isZero(0, HEADER_BYTES);
    }

    /** Tells whether the header is one that this program knows. */
    boolean hasKnownHeader() {
        return bytes.limit() >= HEADER_BYTES && bytes.getInt(0) == VERSION && firstIndex() > 0;
    }

    /** Returns the index of the first entry, whether it is there yet or not. */
    long firstIndex() {
        return bytes.getLong(INDEX_POSITION);
    }

    /** Returns the index of the last whole entry, one less than {@link #firstIndex} if there is none. */
    long lastIndex() {
        return firstIndex() + records.size() - 1;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Returns where the last whole entry ends, in bytes from the beginning of the file. */
    int end() {
        return end;
    }

    /** Tells whether nothing but zeros follows the last whole entry. */
    boolean endsCleanly() {
        return isZero(end, bytes.limit());
    }

    /**
     * Tells whether a whole entry follows what can't be read after the last one. Then that was whole once too: a crash leaves
     * an end that was never written, not a hole.
     */
    boolean hasEntryBeyondEnd() {
        if (bytes.limit() - end < RECORD_HEADER_BYTES) {
            return false;
        }
        int length = bytes.getInt(end);
        return length > 0 && length < bytes.limit() - end - RECORD_HEADER_BYTES
                && recordLength(end + RECORD_HEADER_BYTES + length) > 0;
    }

    /** Returns the term of an entry that this file holds. */
    long termOf(long index) {
        int position = records.get(Math.toIntExact(index - firstIndex()));
        RaftLogEntry entry = RaftNamespaces.RAFT_STORAGE.deserialize(
                bytes.slice(position + RECORD_HEADER_BYTES, bytes.getInt(position)));
        return entry.term();
    }

    /** Makes everything after an entry zeros, durably; the file keeps its size. */
    void eraseAfter(long index) {
        int from = index >= lastIndex() ? end : records.get(Math.toIntExact(Math.max(0, index + 1 - firstIndex())));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long size = channel.size();
            channel.truncate(from);
            channel.write(ByteBuffer.allocate(1), size - 1);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /** Returns the length of the entry of a whole record, 0 if there is none at this place. */
    private int recordLength(int position) {
        if (bytes.limit() - position < RECORD_HEADER_BYTES) {
            return 0;
        }
        int length = bytes.getInt(position);
        if (length <= 0 || length > bytes.limit() - position - RECORD_HEADER_BYTES) {
            return 0;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(position + RECORD_HEADER_BYTES, length));
        return (int) crc.getValue() == bytes.getInt(position + Integer.BYTES) ? length : 0;
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
