package dev.roster.server.config;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;

/**
 * The key that an item has while a gray release of it runs, {@code config/gray/<namespace>/<item>}. While it is there nothing
 * else is changed of the item; what it holds is known to those who run gray releases.
 */
public final class GrayMark {
    private static final String GRAY = "config/gray/";

    private GrayMark() {}

    /** Returns the key of an item. */
    public static Key of(ItemKey item) {
        return Key.of(GRAY + item);
    }

    /** Returns the range of the keys of all items. */
    public static KeyRange all() {
        return KeyRange.prefix(GRAY);
    }

    /** Returns the item that a key of {@link #all()} is of. */
    public static ItemKey item(Key key) {
        return ConfigKeys.read(key.utf8().substring(GRAY.length()));
    }
}
