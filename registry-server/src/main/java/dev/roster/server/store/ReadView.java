package dev.roster.server.store;

import java.util.Optional;

/**
 * The store at one revision. Reads never wait for writers and all show the same revision. May be used by any thread; it
 * is cheap to make and needs no closing. A view outlives neither compaction nor the replica: a read then throws
 * {@link RevisionCompactedException}.
 */
public interface ReadView {

    /** Returns the revision that is shown. */
    Revision revision();

    /** Returns a key, if it exists at this revision. */
    Optional<KeyValue> find(Key key);

    /**
     * Reads the keys of a range in key order.
     *
     * @param limit most keys wanted, 1 or more
     */
    KeysRead read(KeyRange range, int limit);

    /** Reads what a query asks for. It looks at every key of the range. */
    KeysFound query(KeyQuery query);

    /** Counts the keys of a range. */
    long count(KeyRange range);

    /**
     * Tells whether all keys of a range are as they were at an earlier revision. It looks at the changes since, and not at the
     * keys.
     *
     * @param since not after the revision that is shown
     * @return false also when that cannot be told, because it was too many changes ago
     */
    boolean isUnchanged(KeyRange range, Revision since);
}
