package dev.roster.server.store;

import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Writes a long series of records in chunks, each with its length and a CRC-32C in front, so that no more than a chunk is
 * ever held in memory and damage is found where it is. A record lies in one chunk. {@link ChunkReader} reads it.
 */
public final class ChunkWriter {

    /** A chunk is closed when it has this many bytes: large enough that its frame does not matter. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** Version of the frame; the records have one of their own. */
    static final int FRAME = 1;

    private final DataOutput output;
    private final int version;
    private final CRC32C all = new CRC32C();
    private ValueWriter chunk;

    /**
     * Begins a series.
     *
     * @param magic names the kind of series
     * @param version of its records, 1 to 127
     */
    public ChunkWriter(DataOutput output, int magic, int version) throws IOException {
        this.output = output;
        this.version = version;
        this.chunk = new ValueWriter(version);
        output.writeInt(magic);
        output.writeByte(FRAME);
    }

    /** Writes a record: whatever is written to the writer that is passed on. */
    public void record(Consumer<ValueWriter> record) throws IOException {
        record.accept(chunk);
        if (chunk.size() >= CHUNK_BYTES) {
            flush();
        }
    }

    /** Ends the series. */
    public void end() throws IOException {
        if (chunk.size() > 1) {
            flush();
        }
        output.writeInt(0);
    }

    /** Returns the CRC-32C of the bytes of all chunks, once the series is ended. */
    int checksum() {
        return (int) all.getValue();
    }

    private void flush() throws IOException {
        byte[] bytes = chunk.toBytes();
        if (bytes.length > ChunkReader.MAX_CHUNK_BYTES) {
            throw new IllegalStateException("a record of more than " + ChunkReader.MAX_CHUNK_BYTES + " bytes");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        all.update(bytes);
        output.writeInt(bytes.length);
        output.writeInt((int) checksum.getValue());
        output.write(bytes);
        chunk = new ValueWriter(version);
    }
}
