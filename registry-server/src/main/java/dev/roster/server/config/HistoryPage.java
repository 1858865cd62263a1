package dev.roster.server.config;

import java.util.List;

/**
 * Some of the versions of an item at one revision.
 *
 * @param revision the store revision that this shows
 * @param versions newest first
 * @param more whether older ones follow
 */
public record HistoryPage(long revision, List<ReleaseEntry> versions, boolean more) {
    public HistoryPage {
        versions = List.copyOf(versions);
    }

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param before the oldest version of the page before
     */
    public record Position(long revision, long before) {}
}
