package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.ReadView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Configuration at one revision. Checks no access. May be used by any thread, as long as its view of the store. */
public final class ConfigView {
    private final ReadView view;

    /** Shows what a view of the store holds of configuration. */
    public ConfigView(ReadView view) {
        this.view = view;
    }

    /** Returns the store revision that is shown. */
    public long revision() {
        return view.revision().value();
    }

    /** Returns the store revision since which the current version of an item is that, if the item exists. */
    public OptionalLong currentSince(ItemKey item) {
        Optional<KeyValue> head = view.find(ConfigKeys.head(item));
        return head.isPresent() ? OptionalLong.of(head.get().modified().value()) : OptionalLong.empty();
    }

    /** Returns the current version of an item, if the item exists. */
    public Optional<Release> findRelease(ItemKey item) {
        return view.find(ConfigKeys.head(item))
                .flatMap(head -> storedVersion(item, ReleaseRecord.readEntry(head).version()));
    }

    /**
     * Returns the current version of an item.
     *
     * @throws ItemNotFoundException if the item does not exist
     */
    public Release getRelease(ItemKey item) {
        return findRelease(item).orElseThrow(() -> new ItemNotFoundException(item));
    }

    /**
     * Returns a version of an item.
     *
     * @param version its number, null for the current one
     * @throws ItemNotFoundException if there never was such an item, or the current version of one that does not exist is wanted
     * @throws VersionNotFoundException if that version never was, is no longer kept or records a deletion
     */
    public Release getRelease(ItemKey item, @Nullable Long version) {
        return version == null
                ? getRelease(item)
                : findVersion(item, version).orElseThrow(() -> findLast(item).isPresent()
                        ? new VersionNotFoundException(item, version)
                        : new ItemNotFoundException(item));
    }

    /**
     * Lists names of items.
     *
     * @param namespace where they are, null for everywhere
     * @param from the item to begin with, whether or not it exists; null for the first
     * @param limit most items wanted, 1 or more
     * @return ordered as their keys are, by namespace and name
     */
    public List<ItemKey> itemKeys(@Nullable NamespaceName namespace, @Nullable ItemKey from, int limit) {
        KeyRange range = namespace == null ? ConfigKeys.heads() : ConfigKeys.heads(namespace, "");
        if (from != null) {
            Key first = ConfigKeys.head(from);
            range = first.compareTo(range.from()) > 0 ? new KeyRange(first, range.to()) : range;
        }
        return isEmpty(range)
                ? List.of()
                : view.read(range, limit).keys().stream().map(head -> ConfigKeys.readHead(head.key())).toList();
    }

    /** Returns a version of an item, unless it never was, is no longer kept, or records a deletion. */
    public Optional<Release> findVersion(ItemKey item, long version) {
        return version < 1
                ? Optional.empty()
                : storedVersion(item, version).filter(release -> release.entry().action() != Action.DELETED);
    }

    /** Returns the last thing that happened to an item, which may be its deletion; empty if there never was one. */
    public Optional<ReleaseEntry> findLast(ItemKey item) {
        return view.find(ConfigKeys.head(item))
                .or(() -> view.find(ConfigKeys.deleted(item)))
                .map(ReleaseRecord::readEntry);
    }

    /**
     * Lists items.
     *
     * @param prefix what names must begin with, possibly empty
     * @param after the item behind which to begin, null for the first
     * @param limit most items wanted, 1 or more
     */
    public ItemPage items(NamespaceName namespace, String prefix, @Nullable ItemName after, int limit) {
        KeyRange range = ConfigKeys.heads(namespace, prefix);
        if (after != null) {
            KeyRange last = KeyRange.of(ConfigKeys.head(new ItemKey(namespace, after)));
            range = behind(range, last);
        }
        if (isEmpty(range)) {
            return new ItemPage(revision(), List.of(), false);
        }
        KeysRead read = view.read(range, limit);
        List<ItemPage.Entry> items = read.keys().stream()
                .map(head -> new ItemPage.Entry(ConfigKeys.readHead(head.key()), ReleaseRecord.readEntry(head)))
                .toList();
        return new ItemPage(revision(), items, read.more());
    }

    /**
     * Lists versions of an item, newest first.
     *
     * @param before the version before which to begin, {@link Long#MAX_VALUE} for the newest
     * @param limit most versions wanted, 1 or more
     * @return empty if there never was such an item
     */
    public HistoryPage history(ItemKey item, long before, int limit) {
        long newest = Math.min(before - 1, lastVersion(item));
        if (newest < 1) {
            return new HistoryPage(revision(), List.of(), false);
        }
        long oldest = Math.max(1, newest - limit + 1);
        List<ReleaseEntry> versions = view.read(ConfigKeys.versions(item, oldest, newest), limit).keys().stream()
                .map(ReleaseRecord::readEntry)
                .toList()
                .reversed();
        boolean more = oldest > 1 && !view.read(ConfigKeys.versions(item, 1, oldest - 1), 1).keys().isEmpty();
        return new HistoryPage(revision(), versions, more);
    }

    private long lastVersion(ItemKey item) {
        long staged = view.find(ConfigKeys.staged(item)).map(ReleaseRecord::readEntry).map(ReleaseEntry::version)
                .orElse(0L);
        return Math.max(staged, findLast(item).map(ReleaseEntry::version).orElse(0L));
    }

    /** Returns the namespaces that hold an item. */
    public SortedSet<NamespaceName> namespaces() {
        SortedSet<NamespaceName> namespaces = new TreeSet<>();
        KeyRange rest = ConfigKeys.heads();
        while (!isEmpty(rest)) {
            KeysRead first = view.read(rest, 1);
            if (first.keys().isEmpty()) {
                break;
            }
            NamespaceName namespace = ConfigKeys.readHead(first.keys().getFirst().key()).namespace();
            namespaces.add(namespace);
            rest = behind(rest, ConfigKeys.heads(namespace, ""));
        }
        return namespaces;
    }

    private Optional<Release> storedVersion(ItemKey item, long version) {
        return view.find(ConfigKeys.version(item, version)).map(stored -> ReleaseRecord.readRelease(item, stored));
    }

    private static KeyRange behind(KeyRange range, KeyRange part) {
        Key end = part.to();
        if (end == null) {
            throw new IllegalStateException("a prefix of configuration has an end");
        }
        return end.compareTo(range.from()) > 0 ? new KeyRange(end, range.to()) : range;
    }

    private static boolean isEmpty(KeyRange range) {
        Key end = range.to();
        return end != null && range.from().compareTo(end) >= 0;
    }
}
