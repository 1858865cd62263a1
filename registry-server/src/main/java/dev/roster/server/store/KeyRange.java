package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A range of keys in byte order.
 *
 * @param from first key, inclusive
 * @param to end, exclusive; null means to the end of the key space
 */
public record KeyRange(Key from, @Nullable Key to) {

    /** Every key. */
    public static final KeyRange ALL = new KeyRange(Key.of(new byte[1]), null);

    /** Returns the range that holds just one key. */
    public static KeyRange of(Key key) {
        return new KeyRange(key, Key.successor(key.bytes()));
    }

    /** Returns the range of all keys that begin with these bytes. */
    public static KeyRange prefix(Key prefix) {
        return new KeyRange(prefix, Key.prefixEnd(prefix.bytes()));
    }

    /** Returns the range of all keys that begin with this text in UTF-8. */
    public static KeyRange prefix(String prefix) {
        return prefix(Key.of(prefix));
    }

    /** Returns the part of the range that comes after a key, for reading on from there. */
    public KeyRange after(Key last) {
        Key next = Key.successor(last.bytes());
        return next.compareTo(from) > 0 ? new KeyRange(next, to) : this;
    }

    /** Tells whether the range can hold no key but {@link #from}. */
    public boolean isSingleKey() {
        return to != null && to.isSuccessorOf(from);
    }

    /** Returns the range from the same key to a later end, or this one if the end is not later. */
    KeyRange extendedTo(@Nullable Key end) {
        boolean later = to != null && (end == null || end.compareTo(to) > 0);
        return later ? new KeyRange(from, end) : this;
    }

    /** Tells whether a key lies in the range. */
    public boolean contains(Key key) {
        return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
    }
}
