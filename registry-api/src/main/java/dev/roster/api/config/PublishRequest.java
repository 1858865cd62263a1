package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * A new version of a configuration item.
 *
 * @param format how the content is written
 * @param content the whole document, to 1 MiB of UTF-8
 * @param comment why, for those who read the history, to 500 characters; null if not said
 */
public record PublishRequest(@Nullable ConfigFormat format, @Nullable String content, @Nullable String comment) {}
