package dev.roster.server.store;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a series of records that {@link ChunkWriter} wrote. Whatever is not just what was written is refused with
 * {@link CorruptStateException}, which says at which byte.
 */
public final class ChunkReader {

    /** Longest chunk: one that is nearly full, and then the longest record that anybody writes. */
    static final int MAX_CHUNK_BYTES = 32 * 1024 * 1024;

    /** So much is allocated at once for a chunk of unknown honesty. */
    private static final int STEP_BYTES = 1024 * 1024;

    private final Source input;
    private final int newestVersion;
    private final CRC32C all = new CRC32C();
    private long offset;
    private @Nullable ValueReader chunk;
    private boolean ended;

    /** Where bytes come from. */
    @FunctionalInterface
    interface Source {

        /**
         * Fills a stretch of an array.
         *
         * @throws EOFException if there are not so many bytes
         */
        void readFully(byte[] bytes, int from, int length) throws IOException;
    }

    /**
     * Begins a series.
     *
     * @param magic names the kind of series, as it was written
     * @param newestVersion the newest version of its records that the caller knows
     * @throws CorruptStateException if it is another kind of series, or its frame is of an unknown version
     */
    public ChunkReader(DataInput input, int magic, int newestVersion) throws IOException {
        this(input::readFully, magic, newestVersion);
    }

    ChunkReader(Source input, int magic, int newestVersion) throws IOException {
        this.input = input;
        this.newestVersion = newestVersion;
        int found = readInt("magic");
        if (found != magic) {
            throw damaged("magic is %08x, expected %08x".formatted(found, magic), 0);
        }
        byte[] frame = readBytes(1, "frame");
        if (frame[0] != ChunkWriter.FRAME) {
            throw damaged("frame is of version " + frame[0] + ", expected " + ChunkWriter.FRAME, offset - 1);
        }
    }

    /**
     * Returns the reader at the next record, null at the end of the series. The caller reads the whole record before it asks
     * for the next.
     */
    public @Nullable ValueReader next() throws IOException {
        if (!ended && (chunk == null || chunk.atEnd())) {
            chunk = readChunk();
            ended = chunk == null;
        }
        return chunk;
    }

    /** Returns how many bytes of the series were read. */
    public long offset() {
        return offset;
    }

    /** Returns the CRC-32C of the bytes of all chunks so far. */
    int checksum() {
        return (int) all.getValue();
    }

    private @Nullable ValueReader readChunk() throws IOException {
        long start = offset;
        int length = readInt("length of a chunk");
        if (length == 0) {
            return null;
        }
        if (length < 2 || length > MAX_CHUNK_BYTES) {
            throw damaged("length of a chunk is " + length + ", expected 2 to " + MAX_CHUNK_BYTES, start);
        }
        int expected = readInt("checksum of a chunk");
        long content = offset;
        byte[] bytes = readBytes(length, "chunk");
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        all.update(bytes);
        if ((int) checksum.getValue() != expected) {
            throw damaged("checksum of a chunk does not match its " + length + " bytes", start);
        }
        return new ValueReader(bytes, newestVersion, content);
    }

    private int readInt(String what) throws IOException {
        byte[] bytes = readBytes(Integer.BYTES, what);
        return (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
    }

    private byte[] readBytes(int length, String what) throws IOException {
        byte[] bytes = new byte[Math.min(length, STEP_BYTES)];
        int read = 0;
        try {
            while (true) {
                input.readFully(bytes, read, bytes.length - read);
                read = bytes.length;
                if (read == length) {
                    offset += length;
                    return bytes;
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            }
        } catch (EOFException e) {
            throw damaged(what + " is cut short", offset + read);
        }
    }

    private static CorruptStateException damaged(String what, long at) {
        return new CorruptStateException(what + ", at offset " + at);
    }
}
