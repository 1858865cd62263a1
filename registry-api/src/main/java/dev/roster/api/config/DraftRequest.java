package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Saves what is to become of an item.
 *
 * @param action what is to be done
 * @param baseVersion the version that the author has seen; 0 or null: there must be none when it is published; for
 *     {@code undelete} the version that records the deletion
 * @param format how the content is written; for {@code publish}
 * @param content the whole document; for {@code publish}
 * @param toVersion the version whose document is wanted; for {@code roll_back}
 * @param comment why, to 500 characters; null if not said
 */
public record DraftRequest(ConfigChangeRequest.@Nullable Action action, @Nullable Long baseVersion,
        @Nullable ConfigFormat format, @Nullable String content, @Nullable Long toVersion, @Nullable String comment) {}
