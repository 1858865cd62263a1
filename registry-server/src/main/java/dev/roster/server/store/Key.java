package dev.roster.server.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key: 1 to {@value #MAX_BYTES} bytes, ordered as unsigned bytes. Immutable.
 */
public final class Key implements Comparable<Key> {

    /** Longest key, in bytes: long enough for names of every protocol, short enough to list by the thousand. */
    public static final int MAX_BYTES = 4 * 1024;

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns a key of a copy of these bytes.
     *
     * @throws InvalidCommandException if there are none or too many
     */
    public static Key of(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /** Returns a key of these bytes, which must not change from now on. */
    static Key wrap(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new InvalidCommandException("key", bytes.length + " bytes", "1 to " + MAX_BYTES + " bytes");
        }
        return new Key(bytes);
    }

    /**
     * Returns the key of a text in UTF-8.
     *
     * @throws InvalidCommandException if the text is empty or too long
     */
    public static Key of(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells whether this key begins with all bytes of another. */
    public boolean startsWith(Key prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** Returns the least key greater than these bytes; it may be one byte longer than a key may otherwise be. */
    static Key successor(byte[] bytes) {
        return new Key(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** Tells whether no key lies between another and this one. */
    boolean isSuccessorOf(Key other) {
        int length = other.bytes.length;
        return bytes.length == length + 1 && bytes[length] == 0
                && Arrays.equals(bytes, 0, length, other.bytes, 0, length);
    }

    /** Returns the least key greater than all keys with this prefix, or null if there is none. */
    static @Nullable Key prefixEnd(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] end = Arrays.copyOf(prefix, i + 1);
                end[i]++;
                return new Key(end);
            }
        }
        return null;
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

    /** Compares byte by byte, unsigned; a prefix comes first. */
    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return utf8();
    }
}
