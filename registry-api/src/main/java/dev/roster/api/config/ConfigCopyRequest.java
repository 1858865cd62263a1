package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a copy of all items of a namespace.
 *
 * @param from the namespace to copy; needed
 * @param conflict what becomes of items that are there with other content; null for {@code fail}
 * @param preview whether only to tell what would be done; null for false
 * @param comment comment of the versions, to 500 characters; null if not said
 */
public record ConfigCopyRequest(@Nullable String from, @Nullable Conflict conflict, @Nullable Boolean preview,
        @Nullable String comment) {

    /** What becomes of items that are there with other content; on the wire in lower case. */
    public enum Conflict {
        FAIL, SKIP, NEW_VERSION, OVERWRITE
    }
}
