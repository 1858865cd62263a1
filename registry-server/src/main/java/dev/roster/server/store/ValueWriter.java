package dev.roster.server.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a record one after another in a small binary form: a version byte, then the fields without names,
 * in the order in which {@link ValueReader} must read them. Equal fields give equal bytes: a map is written in the order
 * of its keys. Numbers are variable-length (7 bits a byte, least significant first; signed ones zigzag-coded), texts and
 * bytes have their length in front, what may be null has a flag in front.
 *
 * <p>A field is only ever added at the end, under a new version. For one thread.
 */
public final class ValueWriter {

    private static final int INITIAL_BYTES = 128;

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int size;

    /**
     * Begins a record.
     *
     * @param version of its form, 1 to 127
     */
    public ValueWriter(int version) {
        if (version < 1 || version > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("version is " + version + ", expected 1 to " + Byte.MAX_VALUE);
        }
        buffer[size++] = (byte) version;
    }

    /** Writes a truth value. */
    public ValueWriter flag(boolean flag) {
        return octet(flag ? 1 : 0);
    }

    /**
     * Writes a number in one byte: a kind, or a code.
     *
     * @param octet 0 to 255
     */
    public ValueWriter octet(int octet) {
        if (octet < 0 || octet > 0xFF) {
            throw new IllegalArgumentException("octet is " + octet + ", expected 0 to 255");
        }
        ensure(1);
        buffer[size++] = (byte) octet;
        return this;
    }

    /** Writes a number that may be negative; small ones are short. */
    public ValueWriter number(long number) {
        return varint((number << 1) ^ (number >> 63));
    }

    /**
     * Writes a number of things that follow, each of which takes at least one byte.
     *
     * @param count 0 or more
     */
    public ValueWriter count(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", expected 0 or more");
        }
        return varint(count);
    }

    /** Writes a number in eight bytes: for those that are random, such as ids and checksums. */
    public ValueWriter fixed(long number) {
        ensure(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (number >>> shift);
        }
        return this;
    }

    /** Writes bytes. */
    public ValueWriter bytes(byte[] bytes) {
        count(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** Writes a text. */
    public ValueWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a text that may be absent, which is not the same as empty. */
    public ValueWriter optionalText(@Nullable String text) {
        return text == null ? flag(false) : flag(true).text(text);
    }

    /** Writes texts in their order. */
    public ValueWriter texts(Collection<String> texts) {
        count(texts.size());
        texts.forEach(this::text);
        return this;
    }

    /** Writes a map, in the order of its keys. */
    public ValueWriter textMap(Map<String, String> map) {
        count(map.size());
        new TreeMap<>(map).forEach((key, value) -> text(key).text(value));
        return this;
    }

    /** Writes a constant by its name, so that others may be added or moved. */
    public ValueWriter choice(Enum<?> constant) {
        return text(constant.name());
    }

    /** Writes a point in time, to the nanosecond. */
    public ValueWriter instant(Instant instant) {
        return number(instant.getEpochSecond()).varint(instant.getNano());
    }

    /** Writes a point in time that may be absent. */
    public ValueWriter optionalInstant(@Nullable Instant instant) {
        return instant == null ? flag(false) : flag(true).instant(instant);
    }

    /** Writes a length of time, to the nanosecond. */
    public ValueWriter duration(Duration duration) {
        return number(duration.getSeconds()).varint(duration.getNano());
    }

    /** Writes a length of time that may be absent. */
    public ValueWriter optionalDuration(@Nullable Duration duration) {
        return duration == null ? flag(false) : flag(true).duration(duration);
    }

    /** Writes a key. */
    public ValueWriter key(Key key) {
        return bytes(key.bytes());
    }

    /** Writes a value. */
    public ValueWriter value(Value value) {
        return bytes(value.bytes());
    }

    /** Returns the number of bytes so far, the version byte included. */
    public int size() {
        return size;
    }

    /** Returns what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /**
     * Returns what was written as a value.
     *
     * @throws InvalidCommandException if it is longer than {@link Value#MAX_BYTES}
     */
    public Value toValue() {
        return Value.wrap(toBytes());
    }

    private ValueWriter varint(long number) {
        ensure(10);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    private void ensure(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.multiplyExact(buffer.length, 2), Math.addExact(size, bytes)));
        }
    }
}
