package dev.roster.server.store;

/**
 * Forgets what was superseded at or before a revision. Reads and watches from before it are refused afterwards.
 *
 * @param revision the oldest revision to keep; neither in the future nor compacted already
 */
public record Compact(Revision revision) implements Command {}
