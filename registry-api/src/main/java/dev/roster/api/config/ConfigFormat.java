package dev.roster.api.config;

/** Format of a configuration item's content; on the wire in lower case. */
public enum ConfigFormat {
    /** YAML 1.1 as Spring Boot reads it: mappings, lists, several documents. */
    YAML,
    /** Java properties, UTF-8. */
    PROPERTIES,
    /** JSON (RFC 8259) with an object at the top. */
    JSON,
    /** TOML 1.0. */
    TOML,
    /** XML 1.0 without a document type. */
    XML,
    /** Plain text, not interpreted. */
    TEXT
}
