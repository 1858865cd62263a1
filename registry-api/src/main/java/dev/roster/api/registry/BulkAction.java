package dev.roster.api.registry;

/** What is done to many instances at once. */
public enum BulkAction {
    /** Has a status, a weight or metadata count in place of what they say. */
    OVERRIDE,
    /** Takes such a word back. */
    RELEASE,
    /** Removes them. */
    REMOVE
}
