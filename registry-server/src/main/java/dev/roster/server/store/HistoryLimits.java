package dev.roster.server.store;

/**
 * How much history is kept before the oldest revision is compacted away. A replica compacts by itself, as a pure function of
 * the commands applied; so every replica of a cluster must have the same limits, and they must not change under a log that
 * will be replayed.
 *
 * @param revisions most revisions that may be gone back from the present one
 * @param bytes most that the changes and the superseded values of these revisions may cost, as {@link #costOf} counts it
 */
record HistoryLimits(long revisions, long bytes) {

    /**
     * What one change costs beside key and value: {@link Version}, {@link KeyValue}, their revision and slot (measured:
     * docs/internals/store.md).
     */
    static final long CHANGE_BYTES = 160;

    /**
     * At 1,000 writes a second, which is a large cluster, more than three minutes: a client that reconnects, or a page that is
     * read with a cursor, does not have to begin anew. The bytes are an eighth of a heap of 1 GiB.
     */
    static final HistoryLimits DEFAULT = new HistoryLimits(200_000, 128L * 1024 * 1024);

    /** Returns what keeping a change costs: itself, and the value that it superseded. */
    static long costOf(Version change) {
        Version previous = change.previous;
        KeyValue superseded = previous == null ? null : previous.current;
        return CHANGE_BYTES + change.key.size() + (superseded == null ? 0 : superseded.value().size());
    }
}
