package dev.roster.server.store.codec;

import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The frame around every form: one byte for its kind, four for the length of the content, four for its CRC-32C, then the
 * content, which begins with its version. So any damage is noticed before the content is looked at.
 */
enum Envelope {
    COMMAND('C'), BATCH('B'), OUTCOMES('O');

    private static final int HEADER_BYTES = 1 + Integer.BYTES + Integer.BYTES;

    /** So much is allocated at once for a length of unknown honesty. */
    private static final int STEP_BYTES = 1024 * 1024;

    private final byte kind;

    Envelope(char kind) {
        this.kind = (byte) kind;
    }

    byte[] seal(ValueWriter content) {
        byte[] inner = content.toBytes();
        return ByteBuffer.allocate(HEADER_BYTES + inner.length).put(kind).putInt(inner.length).putInt(checksum(inner))
                .put(inner).array();
    }

    /** Returns a reader of the content, at its first field. */
    ValueReader open(byte[] sealed, int newestVersion) {
        if (sealed.length < HEADER_BYTES) {
            throw new CorruptStateException(name() + " is cut short, at offset " + sealed.length);
        }
        checkKind(sealed[0]);
        int length = ByteBuffer.wrap(sealed).getInt(1);
        if (length != sealed.length - HEADER_BYTES) {
            throw new CorruptStateException(name() + " has a length of " + Integer.toUnsignedString(length) + ", but "
                    + (sealed.length - HEADER_BYTES) + " bytes, at offset 1");
        }
        byte[] content = Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length);
        return open(content, ByteBuffer.wrap(sealed).getInt(1 + Integer.BYTES), newestVersion);
    }

    /** Reads just one sealed form and returns a reader of its content. */
    ValueReader open(DataInput input, int newestVersion) throws IOException {
        byte[] header = readFully(input, HEADER_BYTES, 0);
        checkKind(header[0]);
        int length = ByteBuffer.wrap(header).getInt(1);
        if (length < 0) {
            throw new CorruptStateException(name() + " has a length of " + length + ", at offset 1");
        }
        byte[] content = readFully(input, length, HEADER_BYTES);
        return open(content, ByteBuffer.wrap(header).getInt(1 + Integer.BYTES), newestVersion);
    }

    private ValueReader open(byte[] content, int expected, int newestVersion) {
        if (checksum(content) != expected) {
            throw new CorruptStateException(
                    name() + " does not match its checksum, at offset " + (1 + Integer.BYTES));
        }
        return new ValueReader(content, newestVersion);
    }

    private void checkKind(byte found) {
        if (found != kind) {
            throw new CorruptStateException(
                    "kind is 0x%02x, expected 0x%02x for %s, at offset 0".formatted(found, kind, name()));
        }
    }

    private byte[] readFully(DataInput input, int length, int offset) throws IOException {
        byte[] bytes = new byte[Math.min(length, STEP_BYTES)];
        int read = 0;
        try {
            while (true) {
                input.readFully(bytes, read, bytes.length - read);
                read = bytes.length;
                if (read == length) {
                    return bytes;
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            }
        } catch (EOFException e) {
            throw new CorruptStateException(name() + " is cut short, at offset " + (offset + read) + " or later");
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
