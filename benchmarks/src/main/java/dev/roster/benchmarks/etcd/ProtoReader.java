package dev.roster.benchmarks.etcd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the wire format of Protocol Buffers, as far as etcd's answers use it: numbers and things of a length. */
public final class ProtoReader {

    private static final int TYPE_BITS = 3;
    private static final int VARINT = 0;
    private static final int LENGTH = 2;

    private ProtoReader() {}

    /** Returns all values of a field that has a length: a text, bytes or a message. */
    public static List<byte[]> all(byte[] message, int field) {
        ByteBuffer in = ByteBuffer.wrap(message);
        List<byte[]> found = new ArrayList<>(1);
        while (in.hasRemaining()) {
            int tag = (int) varint(in);
            switch (tag & ((1 << TYPE_BITS) - 1)) {
                case VARINT -> varint(in);
                case LENGTH -> {
                    byte[] value = new byte[(int) varint(in)];
                    in.get(value);
                    if (tag >>> TYPE_BITS == field) {
                        found.add(value);
                    }
                }
                default -> throw new IllegalArgumentException("tag " + tag);
            }
        }
        return found;
    }

    /** Returns the first value of a field that has a length. */
    public static byte[] first(byte[] message, int field) {
        return all(message, field).getFirst();
    }

    /** Returns a number, 0 if it is not there. */
    public static long number(byte[] message, int field) {
        ByteBuffer in = ByteBuffer.wrap(message);
        while (in.hasRemaining()) {
            int tag = (int) varint(in);
            if ((tag & ((1 << TYPE_BITS) - 1)) == VARINT) {
                long value = varint(in);
                if (tag >>> TYPE_BITS == field) {
                    return value;
                }
            } else {
                int length = (int) varint(in);
                in.position(in.position() + length);
            }
        }
        return 0;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte octet = in.get();
            value |= (long) (octet & 0x7F) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }
}
