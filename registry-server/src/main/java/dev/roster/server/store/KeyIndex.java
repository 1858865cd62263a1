package dev.roster.server.store;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All keys that have a version which is kept, in key order. One thread changes it while any number read: a reader at a
 * revision may or may not meet a key that is added meanwhile, and sees no version of it either way.
 */
final class KeyIndex {
    private final ConcurrentNavigableMap<Key, KeyChain> chains = new ConcurrentSkipListMap<>();

    @Nullable
    KeyChain find(Key key) {
        return chains.get(key);
    }

    void add(Version version) {
        chains.put(version.key, new KeyChain(version));
    }

    void remove(Key key) {
        chains.remove(key);
    }

    Collection<KeyChain> all() {
        return chains.values();
    }

    /** Returns the keys of a range; none if it ends before it begins. */
    Collection<KeyChain> in(KeyRange range) {
        Key to = range.to();
        if (to == null) {
            return chains.tailMap(range.from(), true).values();
        }
        if (range.from().compareTo(to) >= 0) {
            return List.of();
        }
        return chains.subMap(range.from(), true, to, false).values();
    }
}
