package dev.roster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, pinned to a revision of the store.
 *
 * @param revision the store revision that every page of this listing shows
 * @param items in the order of the listing, never null, possibly empty
 * @param nextCursor opaque position of the next page, null on the last one
 * @param <T> what is listed
 */
public record Page<T>(long revision, List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }
}
