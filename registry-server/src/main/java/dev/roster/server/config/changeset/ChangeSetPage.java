package dev.roster.server.config.changeset;

import java.util.List;

/**
 * Some of the change sets of a namespace at one revision.
 *
 * @param revision the store revision that this shows
 * @param sets newest first
 * @param more whether older ones follow
 */
public record ChangeSetPage(long revision, List<ChangeSet> sets, boolean more) {
    public ChangeSetPage {
        sets = List.copyOf(sets);
    }

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param before the oldest change set of the page before
     */
    public record Position(long revision, long before) {}
}
