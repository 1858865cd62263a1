package dev.roster.server.config.effective;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.Release;
import dev.roster.server.config.effective.SearchPage.Hit;
import dev.roster.server.config.effective.SearchPage.Position;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import dev.roster.server.config.format.LineIndex;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches the current versions of all items. May be used by any thread; shows this member's replica.
 *
 * <p>There is no index: a search reads documents. One page reads at most {@link #MAX_CHARACTERS} characters, and one item, so
 * a search over much takes several pages, some of which may find nothing.
 */
public final class ConfigSearch {

    /** Longest line or value that is told. */
    public static final int MAX_LINE_CHARACTERS = 200;

    /** Most characters of documents that one page reads, beyond its first item. A tenth of a second or so. */
    static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /** Most items that one page looks at. */
    static final int MAX_ITEMS = 5_000;

    private final Store store;

    /** Makes it. */
    public ConfigSearch(Store store) {
        this.store = store;
    }

    /**
     * Searches.
     *
     * @param limit most hits wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public SearchPage search(Caller caller, SearchQuery query, int limit, @Nullable Position from) {
        caller.require(Role.READER);
        ReadView stored = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        ConfigView view = new ConfigView(stored);
        List<ItemKey> items = view.itemKeys(query.namespace(), from == null ? null : from.item(), MAX_ITEMS + 1);
        List<Hit> found = new ArrayList<>();
        long read = 0;
        for (int i = 0; i < items.size(); i++) {
            ItemKey item = items.get(i);
            if (i == MAX_ITEMS || read > MAX_CHARACTERS || found.size() == limit) {
                return new SearchPage(view.revision(), found, new Position(view.revision(), item, 0));
            }
            if (!query.labels().isEmpty() && !query.inDetails(ItemNotes.read(stored, item))) {
                continue;
            }
            Release release = view.getRelease(item);
            read += release.content().length();
            List<Hit> hits = hits(release, query);
            int skip = from != null && i == 0 && item.equals(from.item()) ? Math.min(from.skip(), hits.size()) : 0;
            int taken = Math.min(hits.size() - skip, limit - found.size());
            found.addAll(hits.subList(skip, skip + taken));
            if (skip + taken < hits.size()) {
                return new SearchPage(view.revision(), found, new Position(view.revision(), item, skip + taken));
            }
        }
        return new SearchPage(view.revision(), found, null);
    }

    /** Nobody searches within secrets: what is found would tell what they say, and so does what is not found. */
    private static List<Hit> hits(Release stored, SearchQuery query) {
        Release release = new Release(stored.item(), stored.entry(), SecretText.mask(stored.content()));
        String path = query.path();
        if (query.isForItems()) {
            return List.of(new Hit(release.item(), release.entry().version(), 1,
                    cut(release.content().lines().findFirst().orElse("")), null, null));
        }
        return path == null ? lines(release, query) : properties(release, query, PathPattern.of(path));
    }

    private static List<Hit> lines(Release release, SearchQuery query) {
        if (!query.inText(release.content())) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        int number = 0;
        for (String line : release.content().lines().toList()) {
            number++;
            if (query.inText(line)) {
                hits.add(new Hit(release.item(), release.entry().version(), number, cut(line), null, null));
            }
        }
        return hits;
    }

    private static List<Hit> properties(Release release, SearchQuery query, PathPattern path) {
        List<Hit> hits = new ArrayList<>();
        LineIndex lines = new LineIndex(release.content());
        for (DocumentProperty property : DocumentProperties.read(release.entry().format(), release.content())
                .properties()) {
            if (path.matches(property.path()) && query.inText(property.value())) {
                hits.add(new Hit(release.item(), release.entry().version(), property.line(),
                        cut(lines.text(property.line())), property.path(), cut(property.value())));
            }
        }
        return hits;
    }

    private static String cut(String text) {
        return text.length() <= MAX_LINE_CHARACTERS ? text : text.substring(0, MAX_LINE_CHARACTERS - 1) + "…";
    }
}
