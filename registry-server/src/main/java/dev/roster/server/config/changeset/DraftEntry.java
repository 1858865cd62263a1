package dev.roster.server.config.changeset;

import dev.roster.server.config.ItemName;
import dev.roster.server.config.format.DocumentFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of an item, without the document.
 *
 * @param item name of the item
 * @param action what is to be done
 * @param baseVersion the version that the author has seen, 0 if there was none; of {@code UNDELETE} the deletion
 * @param format how the document is written, null unless one is published
 * @param toVersion the version that is wanted, null unless this is a rollback
 * @param comment why, null if not said
 * @param weight what it takes of {@link dev.roster.server.config.ChangePlan#MAX_CONTENT_BYTES}, in bytes
 * @param savedBy who saved it last
 * @param savedAt when that was
 */
public record DraftEntry(ItemName item, Action action, long baseVersion, @Nullable DocumentFormat format,
        @Nullable Long toVersion, @Nullable String comment, int weight, String savedBy, Instant savedAt) {

    /** What is to be done. The names are part of stored records: add, never rename. */
    public enum Action {
        PUBLISH, ROLL_BACK, DELETE, UNDELETE
    }
}
