package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * One change of a list that is made as a whole.
 *
 * @param name name of the item
 * @param action what is to be done
 * @param expectedVersion the version that the author has seen; 0: the item must not exist; for {@code undelete} the version
 *     that records the deletion. Null is good enough only for an item that does not exist
 * @param format how the content is written; for {@code publish}
 * @param content the whole document; for {@code publish}
 * @param toVersion the version whose document is wanted; for {@code roll_back}
 * @param comment why, to 500 characters; null if not said
 */
public record ConfigChangeRequest(@Nullable String name, @Nullable Action action, @Nullable Long expectedVersion,
        @Nullable ConfigFormat format, @Nullable String content, @Nullable Long toVersion, @Nullable String comment) {

    /** What is to be done to an item; on the wire in lower case. */
    public enum Action {
        PUBLISH, ROLL_BACK, DELETE, UNDELETE
    }
}
