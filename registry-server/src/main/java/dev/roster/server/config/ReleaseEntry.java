package dev.roster.server.config;

import dev.roster.server.config.format.DocumentFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of an item, without its content.
 *
 * @param version 1 for the first; each change of the item, deletions included, makes the next one; never used twice
 * @param action what made it
 * @param format how the content is written; for a deletion, how the last one was
 * @param contentHash SHA-256 of the content in UTF-8, in lower-case hexadecimal; of nothing for a deletion; if there are
 *     secrets, of the content as it was first stored, with random bits of their encryption, so that nobody can guess by it
 * @param restoredVersion the version that a rollback or the end of a gray release published again, null for other actions
 * @param comment why it was made, null if not said
 * @param publishedAt when, by the clock of the member that took the request
 * @param publishedBy name of the user who did
 * @param revision store revision of the change
 */
public record ReleaseEntry(long version, Action action, DocumentFormat format, String contentHash,
        @Nullable Long restoredVersion, @Nullable String comment, Instant publishedAt, String publishedBy,
        long revision) {

    /** Revision of a version that is not in the store yet. */
    static final long NOT_YET = 0;

    /** What made a version. The names are part of stored records: add, never rename. */
    public enum Action {
        /** A document was published. */
        PUBLISHED,
        /** The document of an earlier version was published again. */
        ROLLED_BACK,
        /** The item was deleted; the version has no content. */
        DELETED,
        /** A gray release began with it: it has never been current. */
        STAGED,
        /** A gray release ended well: the document of a staged version was published for everybody. */
        PROMOTED
    }

    /** Returns this version as the store has it since a revision. */
    ReleaseEntry at(long storeRevision) {
        return new ReleaseEntry(version, action, format, contentHash, restoredVersion, comment, publishedAt,
                publishedBy,
                storeRevision);
    }
}
