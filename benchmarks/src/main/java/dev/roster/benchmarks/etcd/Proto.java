package dev.roster.benchmarks.etcd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few messages of etcd's {@code rpc.proto} that are asked here, in the wire format of Protocol Buffers. */
public final class Proto {

    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int TYPE_BITS = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Proto number(int field, long value) {
        varint(((long) field << TYPE_BITS) | VARINT);
        varint(value);
        return this;
    }

    public Proto bytes(int field, byte[] value) {
        varint(((long) field << TYPE_BITS) | LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    public Proto text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public Proto message(int field, Proto value) {
        return bytes(field, value.toBytes());
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
