package dev.roster.server.coordination;

import java.util.List;

/**
 * Some of the barriers of a namespace at one revision.
 *
 * @param revision the store revision that this shows
 * @param barriers ordered by name
 * @param more whether others follow
 */
public record BarrierPage(long revision, List<BarrierStatus> barriers, boolean more) {
    public BarrierPage {
        barriers = List.copyOf(barriers);
    }

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param after the last name of the page before
     */
    public record Position(long revision, ObjectName after) {}
}
