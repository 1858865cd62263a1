package dev.roster.server.web;

/** Tells the revision that this member's replica has reached. Never waits; may be called by any thread. */
@FunctionalInterface
public interface RevisionSource {

    /** Returns the revision, 0 for an empty store. */
    long current();
}
