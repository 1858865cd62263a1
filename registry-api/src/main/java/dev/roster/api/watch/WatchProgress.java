package dev.roster.api.watch;

/**
 * Says that everything up to a revision has been sent, so that a caller may resume from it.
 *
 * @param revision the revision
 */
public record WatchProgress(long revision) {}
