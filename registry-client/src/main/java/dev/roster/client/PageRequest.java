package dev.roster.client;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param prefix only names that begin so; null for all. Lists that have no prefix ignore it.
 * @param limit most entries of the page, 1 to 1,000
 * @param cursor {@code nextCursor} of the page before, null for the first page
 */
public record PageRequest(@Nullable String prefix, int limit, @Nullable String cursor) {
    private static final int DEFAULT_LIMIT = 100;

    /** Returns the request for the first page of everything, of 100 entries. */
    public static PageRequest first() {
        return new PageRequest(null, DEFAULT_LIMIT, null);
    }

    /** Returns this request for names that begin so. */
    public PageRequest withPrefix(@Nullable String newPrefix) {
        return new PageRequest(newPrefix, limit, cursor);
    }

    /** Returns this request with another size of the page. */
    public PageRequest withLimit(int newLimit) {
        return new PageRequest(prefix, newLimit, cursor);
    }

    /** Returns this request for the page at a cursor. */
    public PageRequest withCursor(@Nullable String newCursor) {
        return new PageRequest(prefix, limit, newCursor);
    }
}
