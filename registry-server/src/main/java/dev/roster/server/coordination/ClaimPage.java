package dev.roster.server.coordination;

import java.util.List;

/**
 * Some of the locks, elections or semaphores of a namespace at one revision.
 *
 * @param revision the store revision that this shows
 * @param lines ordered by name
 * @param more whether others follow
 */
public record ClaimPage(long revision, List<ClaimLine> lines, boolean more) {
    public ClaimPage {
        lines = List.copyOf(lines);
    }

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param after the last name of the page before
     */
    public record Position(long revision, ObjectName after) {}
}
