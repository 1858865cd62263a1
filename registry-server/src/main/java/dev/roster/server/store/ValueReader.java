package dev.roster.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ValueWriter} wrote, field by field in the same order. Every method takes the name of the field, for the
 * message: bytes that are too short, too long or not of the expected form are refused with {@link CorruptStateException},
 * which names the field and the offset in bytes. No length that is read is trusted: nothing is allocated before that many
 * bytes are known to be there. For one thread.
 */
public final class ValueReader {

    private final byte[] bytes;
    private final long base;
    private final int version;
    private int offset;

    /**
     * Begins to read a value.
     *
     * @param newestVersion the newest version of the form that the caller knows; older ones are 1 and up
     * @throws CorruptStateException if the value is empty or of another version
     */
    public ValueReader(Value value, int newestVersion) {
        this(value.bytes(), newestVersion);
    }

    /**
     * Begins to read bytes, which must not change meanwhile.
     *
     * @param newestVersion the newest version of the form that the caller knows; older ones are 1 and up
     * @throws CorruptStateException if there are none or they are of another version
     */
    public ValueReader(byte[] bytes, int newestVersion) {
        this(bytes, newestVersion, 0);
    }

    /** Begins to read bytes that are part of something larger, where they are at an offset that messages add to theirs. */
    ValueReader(byte[] bytes, int newestVersion, long base) {
        this.bytes = bytes;
        this.base = base;
        this.version = octet("version");
        if (version < 1 || version > newestVersion) {
            throw damaged("version", 0, "is " + version + ", expected 1 to " + newestVersion);
        }
    }

    /** Returns the version of the form. */
    public int version() {
        return version;
    }

    /** Reads a truth value. */
    public boolean flag(String field) {
        int start = offset;
        int octet = octet(field);
        if (octet > 1) {
            throw damaged(field, start, "is " + octet + ", expected 0 or 1");
        }
        return octet == 1;
    }

    /** Reads a number of one byte, 0 to 255. */
    public int octet(String field) {
        if (offset == bytes.length) {
            throw damaged(field, offset, "is cut short");
        }
        return bytes[offset++] & 0xFF;
    }

    /** Reads a number. */
    public long number(String field) {
        long number = varint(field);
        return (number >>> 1) ^ -(number & 1);
    }

    /** Reads a number of things that follow, each of which takes at least one byte. */
    public int count(String field) {
        int start = offset;
        long count = varint(field);
        if (count < 0 || count > bytes.length - offset) {
            throw damaged(field, start,
                    "has " + Long.toUnsignedString(count) + " parts in " + (bytes.length - offset) + " bytes");
        }
        return (int) count;
    }

    /** Reads a number of eight bytes. */
    public long fixed(String field) {
        if (bytes.length - offset < Long.BYTES) {
            throw damaged(field, offset, "is cut short");
        }
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = (number << Byte.SIZE) | (bytes[offset++] & 0xFF);
        }
        return number;
    }

    /** Reads bytes. */
    public byte[] bytes(String field) {
        int length = count(field);
        byte[] part = Arrays.copyOfRange(bytes, offset, offset + length);
        offset += length;
        return part;
    }

    /** Reads a text. */
    public String text(String field) {
        int start = offset;
        int length = count(field);
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // The replacement character may stand for damage, or for itself: only then is a closer look worth its price.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            } catch (CharacterCodingException e) {
                throw damaged(field, start, "is not UTF-8");
            }
        }
        offset += length;
        return text;
    }

    /** Reads a text that may be absent. */
    public @Nullable String optionalText(String field) {
        return flag(field) ? text(field) : null;
    }

    /** Reads texts; the list cannot be changed. */
    public List<String> texts(String field) {
        int count = count(field);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(field));
        }
        return Collections.unmodifiableList(texts);
    }

    /** Reads a map; it is in the order of its keys and cannot be changed. */
    public Map<String, String> textMap(String field) {
        int start = offset;
        int count = count(field);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = text(field);
            if (map.put(key, text(field)) != null) {
                throw damaged(field, start, "has the key '" + key + "' twice");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** Reads a constant of an enumeration. */
    public <E extends Enum<E>> E choice(String field, Class<E> type) {
        int start = offset;
        String name = text(field);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw damaged(field, start, "is '" + name + "', expected one of " + List.of(type.getEnumConstants()));
    }

    /** Reads a point in time. */
    public Instant instant(String field) {
        int start = offset;
        long seconds = number(field);
        int nanos = nanos(field);
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw damaged(field, start, "is no point in time");
        }
    }

    /** Reads a point in time that may be absent. */
    public @Nullable Instant optionalInstant(String field) {
        return flag(field) ? instant(field) : null;
    }

    /** Reads a length of time. */
    public Duration duration(String field) {
        return Duration.ofSeconds(number(field), nanos(field));
    }

    /** Reads a length of time that may be absent. */
    public @Nullable Duration optionalDuration(String field) {
        return flag(field) ? duration(field) : null;
    }

    /** Reads a key. */
    public Key key(String field) {
        int start = offset;
        try {
            return Key.wrap(bytes(field));
        } catch (InvalidCommandException e) {
            throw damaged(field, start, "is no key: " + e.getMessage());
        }
    }

    /** Reads a value. */
    public Value value(String field) {
        int start = offset;
        try {
            return Value.wrap(bytes(field));
        } catch (InvalidCommandException e) {
            throw damaged(field, start, "is no value: " + e.getMessage());
        }
    }

    /** Returns the offset of the next field, in bytes from the version byte. */
    public int offset() {
        return offset;
    }

    /** Tells whether nothing is left. */
    public boolean atEnd() {
        return offset == bytes.length;
    }

    /** Demands that nothing is left. */
    public void end() {
        if (!atEnd()) {
            throw damaged("end", offset, "is followed by " + (bytes.length - offset) + " more bytes");
        }
    }

    /** Returns the exception to throw when a field that could be read makes no sense. */
    public CorruptStateException damaged(String field, int atOffset, String what) {
        return new CorruptStateException(field + " " + what + ", at offset " + (base + atOffset));
    }

    private int nanos(String field) {
        int start = offset;
        long nanos = varint(field);
        if (nanos < 0 || nanos > 999_999_999) {
            throw damaged(field, start, "has " + Long.toUnsignedString(nanos) + " nanoseconds in a second");
        }
        return (int) nanos;
    }

    private long varint(String field) {
        int start = offset;
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet(field);
            if (shift == 63 && octet > 1) {
                break;
            }
            number |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw damaged(field, start, "is a number of more than 64 bits");
    }
}
