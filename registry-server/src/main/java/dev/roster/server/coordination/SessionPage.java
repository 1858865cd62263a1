package dev.roster.server.coordination;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the sessions of a namespace at one revision.
 *
 * @param revision the store revision that this shows
 * @param sessions ordered by id
 * @param more whether others follow
 */
public record SessionPage(long revision, List<OpenSession> sessions, boolean more) {
    public SessionPage {
        sessions = List.copyOf(sessions);
    }

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param after the last session of the page before
     */
    public record Position(long revision, SessionId after) {}

    /** Returns where the next page begins, null after the last one. */
    public @Nullable Position next() {
        return more ? new Position(revision, sessions.getLast().id()) : null;
    }
}
