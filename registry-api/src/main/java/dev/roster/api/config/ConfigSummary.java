package dev.roster.api.config;

import java.time.Instant;

/**
 * A configuration item as a list shows it: the current version without its content.
 *
 * @param namespace namespace of the item
 * @param name name of the item
 * @param format how the content is written
 * @param version the current version
 * @param contentHash SHA-256 of the UTF-8 content, in lower-case hexadecimal
 * @param publishedAt when the current version was published
 * @param publishedBy who published it
 */
public record ConfigSummary(String namespace, String name, ConfigFormat format, long version, String contentHash,
        Instant publishedAt, String publishedBy) {}
