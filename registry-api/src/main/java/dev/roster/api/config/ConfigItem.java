package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A configuration item with the content of one version.
 *
 * @param namespace namespace of the item
 * @param name name of the item
 * @param format how the content is written
 * @param content the whole document
 * @param version 1 for the first publication, one more for each later change, never used twice
 * @param contentHash SHA-256 of the UTF-8 content, in lower-case hexadecimal
 * @param comment why it was published, null if not said
 * @param publishedAt when, by the clock of the member that took the request
 * @param publishedBy name of the user or token owner
 * @param revision store revision of this version
 */
public record ConfigItem(String namespace, String name, ConfigFormat format, String content, long version,
        String contentHash, @Nullable String comment, Instant publishedAt, String publishedBy, long revision) {}
