package dev.roster.api.registry;

/** Who says which status an instance has. */
public enum StatusSource {
    /** The instance itself. */
    REGISTERED,
    /** Its checks. */
    CHECKED,
    /** An operator. */
    OVERRIDDEN,
    /** The maintenance of its host. */
    MAINTENANCE
}
