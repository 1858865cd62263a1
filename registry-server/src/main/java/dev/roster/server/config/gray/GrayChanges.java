package dev.roster.server.config.gray;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells those who follow the store what steps of gray releases mean for a client. */
public final class GrayChanges {
    private GrayChanges() {}

    /** Returns what to follow to learn of gray releases of an item. */
    public static KeyRange range(ItemKey item) {
        return KeyRange.of(GrayMark.of(item));
    }

    /** Returns the item whose gray release a change is of, empty if the key is another one. */
    public static Optional<ItemKey> item(KeyEvent event) {
        return GrayMark.all().contains(event.key()) ? Optional.of(GrayMark.item(event.key())) : Optional.empty();
    }

    /**
     * Returns what a change of a gray release means for a client: it gets the version, or the one before back. Empty if it has
     * what it had. When the gray release has ended by publication, that tells itself and this must not be asked.
     *
     * @param view a view of that revision or a later one: versions never change
     */
    public static Optional<ItemStatus> decode(KeyEvent event, GrayClient client, Supplier<ReadView> view) {
        ItemKey item = GrayMark.item(event.key());
        GrayRelease before = read(item, event.previous());
        GrayRelease now = read(item, event.current());
        boolean had = before != null && before.reaches(client);
        boolean has = now != null && now.reaches(client);
        if (now != null && has && !had) {
            return status(item, now.version(), view);
        }
        return before != null && had && !has ? status(item, before.baseVersion(), view) : Optional.empty();
    }

    private static Optional<ItemStatus> status(ItemKey item, long version, Supplier<ReadView> view) {
        return new ConfigView(view.get()).findVersion(item, version).map(release -> new ItemStatus(item, release));
    }

    private static @Nullable GrayRelease read(ItemKey item, @Nullable KeyValue stored) {
        return stored == null ? null : GrayRecord.read(item, stored);
    }
}
