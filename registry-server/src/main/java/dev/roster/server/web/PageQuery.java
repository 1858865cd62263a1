package dev.roster.server.web;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted: an argument of handlers that list, from the query parameters {@code limit} and
 * {@code cursor}.
 *
 * @param limit most items wanted, 1 to {@value #MAX_LIMIT}, by default {@value #DEFAULT_LIMIT}
 * @param cursor where the page begins, null for the first one
 */
public record PageQuery(int limit, @Nullable Cursor cursor) {

    /** Most items of a page: some hundred kilobytes of JSON. */
    public static final int MAX_LIMIT = 1000;

    /** Items of a page when the caller does not say. */
    public static final int DEFAULT_LIMIT = 100;
}
