package dev.roster.server.config.transfer;

/** What becomes of an item that is there with other content. */
public enum ConflictChoice {
    /** Nothing is imported at all. */
    FAIL,
    /** It stays as it is. */
    SKIP,
    /** What is imported becomes its next version; its history stays. */
    NEW_VERSION,
    /** What is imported becomes its next version, and the versions before it are forgotten. */
    OVERWRITE
}
