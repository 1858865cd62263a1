package dev.roster.server.store;

/**
 * A key with its value as of some revision.
 *
 * @param key the key
 * @param value the value
 * @param created revision at which the key last came into being
 * @param modified revision of the last write to it
 * @param version number of writes since {@code created}; 1 for a new key
 * @param lease the lease it is attached to, or {@link LeaseId#NONE}
 */
public record KeyValue(Key key, Value value, Revision created, Revision modified, long version, LeaseId lease) {

    /** Returns the same with an empty value. */
    KeyValue withoutValue() {
        return new KeyValue(key, Value.EMPTY, created, modified, version, lease);
    }
}
