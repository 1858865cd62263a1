package dev.roster.api.config;

import java.util.List;

/**
 * What came of an import or a copy, or would.
 *
 * @param namespace where to
 * @param source what the archive was read as; {@code roster} for a copy
 * @param preview whether nothing was done
 * @param revision store revision of all changes; of what was looked at if there are none
 * @param created how many items are new
 * @param changed how many items get another version
 * @param unchanged how many items are there with this content already
 * @param skipped how many items are there with other content and stay
 * @param conflicting how many items are there with other content, for which it was not said what to do
 * @param malformed how many entries cannot be imported
 * @param ignored how many entries are no configuration
 * @param items what becomes of each entry: items by name, then the rest in the order of the archive
 */
public record ConfigImportReport(String namespace, Source source, boolean preview, long revision, int created,
        int changed, int unchanged, int skipped, int conflicting, int malformed, int ignored,
        List<ConfigImportItem> items) {
    public ConfigImportReport {
        items = List.copyOf(items);
    }

    /** What an archive is an export of; on the wire in lower case. */
    public enum Source {
        ROSTER, NACOS, APOLLO, CONSUL, FILES
    }
}
