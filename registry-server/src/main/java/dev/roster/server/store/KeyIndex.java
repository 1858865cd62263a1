package dev.roster.server.store;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All keys that have a version which is kept: in key order for ranges, and by hash for single keys, which among 100,000 keys
 * makes a lookup several times as fast for a sixth more memory. Nothing ever depends on the order of the hashes.
 *
 * <p>One thread changes it while any number read: a reader at a revision may or may not meet a key that is added meanwhile,
 * and sees no version of it either way.
 */
final class KeyIndex {
    private final ConcurrentNavigableMap<Key, KeyChain> ordered = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<Key, KeyChain> hashed = new ConcurrentHashMap<>();

    @Nullable
    KeyChain find(Key key) {
        return hashed.get(key);
    }

    void add(Version version) {
        KeyChain chain = new KeyChain(version);
        ordered.put(version.key, chain);
        hashed.put(version.key, chain);
    }

    void remove(Key key) {
        hashed.remove(key);
        ordered.remove(key);
    }

    Collection<KeyChain> all() {
        return ordered.values();
    }

    /** Returns the keys of a range; none if it ends before it begins. */
    Collection<KeyChain> in(KeyRange range) {
        Key to = range.to();
        if (to == null) {
            return ordered.tailMap(range.from(), true).values();
        }
        if (range.from().compareTo(to) >= 0) {
            return List.of();
        }
        return ordered.subMap(range.from(), true, to, false).values();
    }
}
