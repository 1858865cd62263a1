package dev.roster.server.registry;

/** Who says which status an instance has. */
public enum StatusSource {
    /** The instance itself. */
    REGISTERED,
    /** Its checks. */
    CHECKED,
    /** An operator. */
    OVERRIDDEN,
    /** The maintenance of its host. */
    MAINTENANCE,
    /** It is well, but has changed so often that it stays out until it is steady. */
    FLAPPING
}
