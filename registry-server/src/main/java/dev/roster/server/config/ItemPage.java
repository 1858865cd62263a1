package dev.roster.server.config;

import java.util.List;

/**
 * Some of the items of a namespace at one revision.
 *
 * @param revision the store revision that this shows
 * @param items ordered by name
 * @param more whether others follow
 */
public record ItemPage(long revision, List<Entry> items, boolean more) {
    public ItemPage {
        items = List.copyOf(items);
    }

    /**
     * An item of the page.
     *
     * @param item which one
     * @param current its current version
     */
    public record Entry(ItemKey item, ReleaseEntry current) {}

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param after the last item of the page before
     */
    public record Position(long revision, ItemName after) {}
}
