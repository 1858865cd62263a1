package dev.roster.server.web;

import jakarta.servlet.http.HttpServletResponse;

/**
 * The header {@code Roster-Revision} of every answer. By default it carries the revision that this member had when the
 * request came in: a bound from below of what the answer shows. A handler that knows better (the revision of the view it
 * read, or of the change it made) sets it, and must do so after a change, so that the caller can ask for at least that
 * revision elsewhere.
 */
public final class RevisionHeader {

    /** Name of the header. */
    public static final String NAME = "Roster-Revision";

    private RevisionHeader() {}

    /** Sets the revision of an answer in place of the default. */
    public static void set(HttpServletResponse response, long revision) {
        response.setHeader(NAME, Long.toString(revision));
    }
}
