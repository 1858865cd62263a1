package dev.roster.server.config.effective;

import dev.roster.server.config.ItemKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what a search finds, at one revision.
 *
 * @param revision the store revision that this shows
 * @param hits in the order of namespaces, items and lines
 * @param next where to go on, null if everything was searched; there may be more even if nothing was found yet
 */
public record SearchPage(long revision, List<Hit> hits, @Nullable Position next) {
    public SearchPage {
        hits = List.copyOf(hits);
    }

    /**
     * Something that was found.
     *
     * @param item the item
     * @param version its current version
     * @param line the line, from 1
     * @param text the line, cut to {@value ConfigSearch#MAX_LINE_CHARACTERS} characters
     * @param path path of the property, null if none was searched for
     * @param value its value, cut likewise, null if none was searched for
     */
    public record Hit(ItemKey item, long version, int line, String text, @Nullable String path,
            @Nullable String value) {}

    /**
     * Where a page begins that is not the first.
     *
     * @param revision the revision of the pages before
     * @param item the item to go on with
     * @param skip how many of its hits were told already
     */
    public record Position(long revision, ItemKey item, int skip) {}
}
