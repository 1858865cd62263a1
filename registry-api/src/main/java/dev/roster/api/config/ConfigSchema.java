package dev.roster.api.config;

/**
 * The schema of an item.
 *
 * @param schema the JSON Schema, empty if there is none
 * @param number one more for each time that it was set; 0 if it never was
 */
public record ConfigSchema(String schema, long number) {}
