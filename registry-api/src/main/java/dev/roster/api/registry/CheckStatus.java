package dev.roster.api.registry;

/** What came of a check. */
public enum CheckStatus {
    /** All is well. */
    PASSING,
    /** The instance can be called, but something is not as it should be. */
    WARNING,
    /** The instance cannot do its work. */
    CRITICAL
}
