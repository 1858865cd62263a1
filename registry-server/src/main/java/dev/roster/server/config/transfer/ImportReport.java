package dev.roster.server.config.transfer;

import dev.roster.server.config.transfer.ImportedItem.Outcome;
import dev.roster.server.security.NamespaceName;
import java.util.List;

/**
 * What came of an import, or would.
 *
 * @param namespace where to
 * @param source what it was read as
 * @param preview whether nothing was done
 * @param revision the store revision of all changes; of what was looked at if there are none
 * @param items what becomes of each entry: items by name, then malformed and ignored entries in the order of the archive
 */
public record ImportReport(NamespaceName namespace, ImportSource source, boolean preview, long revision,
        List<ImportedItem> items) {
    public ImportReport {
        items = List.copyOf(items);
    }

    /** Returns how many entries have an outcome. */
    public long count(Outcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }
}
