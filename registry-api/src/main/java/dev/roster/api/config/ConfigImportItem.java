package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one entry of an import.
 *
 * @param entry where it was found: a path of the archive, a key, or an item of another namespace
 * @param name name of the item, null if it has none
 * @param outcome what becomes of it, or would
 * @param format its format, null if it is not imported
 * @param version the version that is current then; null if there is none
 * @param problem why it is malformed, otherwise null
 * @param expected what would be accepted instead, null likewise
 * @param line line of the problem, from 1; null if it is the entry as a whole
 * @param column column of the problem, from 1; null likewise
 */
public record ConfigImportItem(String entry, @Nullable String name, Outcome outcome, @Nullable ConfigFormat format,
        @Nullable Long version, @Nullable String problem, @Nullable String expected, @Nullable Integer line,
        @Nullable Integer column) {

    /** What becomes of an entry; on the wire in lower case. */
    public enum Outcome {
        CREATED, CHANGED, UNCHANGED, SKIPPED, CONFLICT, MALFORMED, IGNORED
    }
}
