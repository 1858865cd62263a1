package dev.roster.server.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value: 0 to {@value #MAX_BYTES} bytes. Immutable.
 */
public final class Value {

    /** Longest value, in bytes: a configuration item of 1 MiB with its description fits twice. */
    public static final int MAX_BYTES = 2 * 1024 * 1024;

    /** No bytes. */
    public static final Value EMPTY = new Value(new byte[0]);

    private final byte[] bytes;

    private Value(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns a value of a copy of these bytes.
     *
     * @throws InvalidCommandException if there are too many
     */
    public static Value of(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /** Returns a value of these bytes, which must not change from now on. */
    static Value wrap(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidCommandException("value", bytes.length + " bytes", "at most " + MAX_BYTES + " bytes");
        }
        return new Value(bytes);
    }

    /** Returns the value of a text in UTF-8. */
    public static Value of(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares byte by byte, unsigned; a prefix comes first. */
    int compareTo(Value other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** Returns the bytes themselves, which must not be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns a copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Returns the bytes as UTF-8 text. */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Value[" + bytes.length + " B]";
    }
}
