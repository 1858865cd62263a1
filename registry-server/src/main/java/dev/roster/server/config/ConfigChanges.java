package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells those who follow the store what concerns configuration. */
public final class ConfigChanges {
    private ConfigChanges() {}

    /** Returns what to follow to learn all changes of an item: its versions, which carry the content. */
    public static KeyRange range(ItemKey item) {
        return ConfigKeys.versions(item);
    }

    /**
     * Returns what a change of a key means for an item, empty if the key is not a version of one, or was a version that is
     * no longer kept, or is one that a gray release begins with and that is not for everybody. A version whose secrets were
     * encrypted anew says nothing new.
     */
    public static Optional<ItemStatus> decode(KeyEvent event) {
        KeyValue current = event.current();
        if (current == null || !ConfigKeys.versions().contains(event.key())) {
            return Optional.empty();
        }
        ItemKey item = ConfigKeys.readVersion(event.key());
        Release release = ReleaseRecord.readRelease(item, current);
        if (release.entry().action() == Action.STAGED || isSame(release.entry(), event.previous())) {
            return Optional.empty();
        }
        boolean gone = release.entry().action() == Action.DELETED;
        return Optional.of(new ItemStatus(item, gone ? null : release));
    }

    private static boolean isSame(ReleaseEntry entry, @Nullable KeyValue previous) {
        return previous != null && ReleaseRecord.readEntry(previous).equals(entry);
    }
}
