package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of an item.
 *
 * @param name name of the item
 * @param action what is to be done
 * @param baseVersion the version that the author has seen, 0 if there was none; for {@code undelete} the deletion
 * @param format how the document is written, null unless one is published
 * @param content the document, null unless one is published and it was asked for
 * @param toVersion the version that is wanted, null unless it is a rollback
 * @param comment why, null if not said
 * @param savedBy who saved it last
 * @param savedAt when that was
 */
public record ChangeSetDraft(String name, ConfigChangeRequest.Action action, long baseVersion,
        @Nullable ConfigFormat format, @Nullable String content, @Nullable Long toVersion, @Nullable String comment,
        String savedBy, Instant savedAt) {}
