package dev.roster.server.store.raft;

import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.raft.SyncedSnapshotStore.Boundary;
import io.atomix.storage.buffer.BufferInput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A stream of bytes in a snapshot that is known to be whole when it has been read: a magic number, index and term of the last
 * entry that it stands for, frames of a length and bytes, an empty frame, and the count and CRC-32C of all bytes, index and
 * term included.
 *
 * <p>Atomix 3.1.12 passes what it finds in a snapshot file to the state machine without a check.
 */
final class SnapshotSeal {

    /** "RostSnp1" in ASCII. */
    private static final long MAGIC = 0x526f7374536e7031L;

    /** Bytes of one frame: large enough to be cheap, small enough to be a buffer. */
    private static final int FRAME_BYTES = 64 * 1024;

    private SnapshotSeal() {}

    /** Returns a stream whose bytes are sealed when it is closed; that does not close the stream behind it. */
    static OutputStream writer(OutputStream output, Boundary last) throws IOException {
        return new Writer(output, last);
    }

    /**
     * Returns a stream of sealed bytes. At its end the seal has been checked; whoever wants to know must read to the end.
     *
     * @throws CorruptStateException now or while reading, if a byte is missing or changed
     */
    static SealedInput reader(BufferInput<?> input) {
        return new SealedInput(input);
    }

    private static void update(CRC32C crc, Boundary last) {
        crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(last.index()).putLong(last.term()).flip());
    }

    private static final class Writer extends OutputStream {

        private final DataOutputStream output;
        private final CRC32C crc = new CRC32C();
        private final byte[] frame = new byte[FRAME_BYTES];
        private int filled;
        private long total;

        Writer(OutputStream output, Boundary last) throws IOException {
            this.output = new DataOutputStream(output);
            this.output.writeLong(MAGIC);
            this.output.writeLong(last.index());
            this.output.writeLong(last.term());
            update(crc, last);
        }

        @Override
        public void write(int value) throws IOException {
            if (filled == FRAME_BYTES) {
                writeFrame();
            }
            frame[filled++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (filled == FRAME_BYTES) {
                    writeFrame();
                }
                int part = Math.min(left, FRAME_BYTES - filled);
                System.arraycopy(bytes, from, frame, filled, part);
                filled += part;
                from += part;
                left -= part;
            }
        }

        private void writeFrame() throws IOException {
            if (filled > 0) {
                crc.update(frame, 0, filled);
                output.writeInt(filled);
                output.write(frame, 0, filled);
                total += filled;
                filled = 0;
            }
        }

        @Override
        public void close() throws IOException {
            writeFrame();
            output.writeInt(0);
            output.writeLong(total);
            output.writeInt((int) crc.getValue());
        }
    }

    /** Bytes under a seal. */
    static final class SealedInput extends InputStream {

        private final BufferInput<?> input;
        private final CRC32C crc = new CRC32C();
        private final byte[] frame = new byte[FRAME_BYTES];
        private int filled;
        private int next;
        private long total;
        private boolean ended;
        private final Boundary last;

        private SealedInput(BufferInput<?> input) {
            this.input = input;
            need(3 * Long.BYTES);
            if (input.readLong() != MAGIC) {
                throw new CorruptStateException("the snapshot does not begin with its seal");
            }
            last = new Boundary(input.readLong(), input.readLong());
            update(crc, last);
        }

        /** Returns the last entry that the snapshot stands for, true once the seal has been checked. */
        Boundary last() {
            return last;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next == filled && !readFrame()) {
                return -1;
            }
            int part = Math.min(length, filled - next);
            System.arraycopy(frame, next, bytes, offset, part);
            next += part;
            return part;
        }

        private boolean readFrame() throws EOFException {
            if (ended) {
                return false;
            }
            need(Integer.BYTES);
            int length = input.readInt();
            if (length < 0 || length > FRAME_BYTES) {
                throw new CorruptStateException(
                        "frame of " + length + " bytes after " + total + " bytes of the snapshot");
            }
            if (length == 0) {
                checkSeal();
                ended = true;
                return false;
            }
            need(length);
            input.read(frame, 0, length);
            crc.update(frame, 0, length);
            total += length;
            filled = length;
            next = 0;
            return true;
        }

        private void checkSeal() {
            need(Long.BYTES + Integer.BYTES);
            long length = input.readLong();
            int checksum = input.readInt();
            if (length != total || checksum != (int) crc.getValue()) {
                throw new CorruptStateException("the seal of the snapshot does not match its " + total + " bytes");
            }
        }

        private void need(int bytes) {
            if (input.remaining() < bytes) {
                throw new CorruptStateException("the snapshot ends after " + total + " bytes, before its seal");
            }
        }
    }
}
