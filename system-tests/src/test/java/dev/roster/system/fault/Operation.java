package dev.roster.system.fault;

import org.jspecify.annotations.Nullable;

/**
 * What a client did and what it was told. Times are of one clock that does not jump, in nanoseconds.
 *
 * @param key the one key that it is about
 * @param value what it wrote, or read; null if it read that the key does not exist. Written values differ
 * @param began before it was sent
 * @param ended after it was answered, or given up
 * @param outcome what the client knows
 * @param revision of the store, at which it took place; 0 unless it is {@code DONE} or {@code CONDITION_FAILED}
 * @param expected revision at which the key had to be modified last, 0 for a key that must not exist, -1 without condition
 */
record Operation(Kind kind, String key, @Nullable String value, long began, long ended, Result outcome, long revision,
        long expected) {

    /** Without condition. */
    static final long ANY = -1;

    enum Kind {
        WRITE, READ
    }

    enum Result {
        /** It took place at its revision. */
        DONE,
        /** It was compared, did not hold, and changed nothing. */
        CONDITION_FAILED,
        /** It did not take place and never will. */
        NOT_DONE,
        /** It may have taken place, or may yet. */
        UNKNOWN
    }

    @Override
    public String toString() {
        return "%s %s=%s %s at revision %d".formatted(kind, key, value, outcome, revision);
    }
}
