package dev.roster.server.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list, as of one revision of the store.
 *
 * @param revision the revision that is shown
 * @param items in the order of the list
 * @param last the position of the last item, after which the next part begins; null when this is the end
 * @param <T> what is listed
 */
public record Slice<T>(long revision, List<T> items, @Nullable String last) {
    public Slice {
        items = List.copyOf(items);
    }
}
