package dev.roster.server.web;

/**
 * How fresh an answer must be: an argument of handlers that read, from the query parameter {@code consistency}
 * ({@code local}, the default, or {@code linearizable}) and the header {@code Roster-Min-Revision}.
 *
 * @param linearizable whether the answer shows every change that was acknowledged to anybody before the request
 * @param minRevision the store revision that the answer shows at least; 0 for any
 */
public record ReadOptions(boolean linearizable, long minRevision) {

    /** Whatever this member has. */
    public static final ReadOptions LOCAL = new ReadOptions(false, 0);
}
