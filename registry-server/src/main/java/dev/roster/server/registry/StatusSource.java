package dev.roster.server.registry;

/** Who says which status an instance has. */
public enum StatusSource {
    /** The instance itself. */
    REGISTERED,
    /** Its checks. */
    CHECKED
}
