package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an item's history, without the content.
 *
 * @param version number of the version
 * @param action what made it
 * @param format how the content is written
 * @param contentHash SHA-256 of the UTF-8 content, in lower-case hexadecimal; of nothing for a deletion
 * @param restoredVersion the version that a rollback or the end of a gray release published again, null for other actions
 * @param comment why, null if not said
 * @param publishedAt when
 * @param publishedBy who
 * @param revision store revision of this version
 */
public record ConfigVersion(long version, Action action, ConfigFormat format, String contentHash,
        @Nullable Long restoredVersion, @Nullable String comment, Instant publishedAt, String publishedBy,
        long revision) {

    /** What made a version; on the wire in lower case. */
    public enum Action {
        PUBLISHED, ROLLED_BACK, DELETED, STAGED, PROMOTED
    }
}
