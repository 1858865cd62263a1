package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Sets the schema of an item.
 *
 * @param schema the JSON Schema, to 262,144 characters; empty for none; needed
 */
public record ConfigSchemaRequest(@Nullable String schema) {}
