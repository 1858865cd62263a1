package dev.roster.server.config.transfer;

import dev.roster.server.config.format.DocumentFormat;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one entry.
 *
 * @param entry where it was found: a path of the archive, a key, or an item of another namespace
 * @param name name of the item, null if it has none
 * @param outcome what becomes of it, or would
 * @param format its format, null if it is not imported
 * @param version the version that is current: made by the import, or there before; null if there is none (yet)
 * @param flaw why it is malformed, otherwise null
 */
public record ImportedItem(String entry, @Nullable String name, Outcome outcome, @Nullable DocumentFormat format,
        @Nullable Long version, @Nullable ImportFlaw flaw) {

    /** What becomes of an entry. */
    public enum Outcome {
        /** There is no such item. */
        CREATED,
        /** The item gets another version. */
        CHANGED,
        /** The item has this content already. */
        UNCHANGED,
        /** The item is there with other content, and stays. */
        SKIPPED,
        /** The item is there with other content, and it was not said what to do. */
        CONFLICT,
        /** The entry cannot be imported. */
        MALFORMED,
        /** The entry is no configuration. */
        IGNORED
    }
}
