package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A range of keys in byte order.
 *
 * @param from first key, inclusive
 * @param to end, exclusive; null means to the end of the key space
 */
public record KeyRange(Key from, @Nullable Key to) {

    /** Returns the range that holds just one key. */
    public static KeyRange of(Key key) {
        byte[] bytes = key.toBytes();
        return new KeyRange(key, Key.successor(bytes));
    }

    /** Returns the range of all keys that begin with these bytes. */
    public static KeyRange prefix(Key prefix) {
        return new KeyRange(prefix, Key.prefixEnd(prefix.toBytes()));
    }

    /** Returns the range of all keys that begin with this text in UTF-8. */
    public static KeyRange prefix(String prefix) {
        return prefix(Key.of(prefix));
    }

    /** Tells whether a key lies in the range. */
    public boolean contains(Key key) {
        return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
    }
}
