package dev.roster.system.fault;

import org.jspecify.annotations.Nullable;

/**
 * A change of one key as a watch tells it.
 *
 * @param revision at which it took place
 * @param value null if the key was deleted
 * @param lease that the key is attached to, or was when it was deleted; 0 if none
 */
record Event(long revision, String key, @Nullable String value, long lease) {

    /** A write without lease. */
    Event(long revision, String key, String value) {
        this(revision, key, value, 0);
    }

    boolean isDeletion() {
        return value == null;
    }

    @Override
    public String toString() {
        return "%s=%s at revision %d%s".formatted(key, value, revision,
                lease == 0 ? "" : " of lease " + Long.toHexString(lease));
    }
}
