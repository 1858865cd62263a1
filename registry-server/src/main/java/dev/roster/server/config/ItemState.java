package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of an item that change were at some moment, and what may follow.
 *
 * @param item which item
 * @param head the current version, null if the item does not exist
 * @param deleted the deletion, null if the item exists or never was
 * @param staged the version that a gray release began with last, null if there was none
 * @param gray the gray release that runs, null if none does
 */
record ItemState(ItemKey item, @Nullable KeyValue head, @Nullable KeyValue deleted, @Nullable KeyValue staged,
        @Nullable KeyValue gray) {

    static ItemState read(ReadView view, ItemKey item) {
        return new ItemState(item, view.find(ConfigKeys.head(item)).orElse(null),
                view.find(ConfigKeys.deleted(item)).orElse(null), view.find(ConfigKeys.staged(item)).orElse(null),
                view.find(GrayMark.of(item)).orElse(null));
    }

    /** Tells whether a gray release of the item runs. */
    boolean hasGrayRelease() {
        return gray != null;
    }

    /** Returns the current version, null if the item does not exist. */
    @Nullable
    ReleaseEntry current() {
        return head == null ? null : ReleaseRecord.readEntry(head);
    }

    /** Returns the highest number that was used, 0 if none was. */
    long lastVersion() {
        return Math.max(number(head == null ? deleted : head), number(staged));
    }

    private static long number(@Nullable KeyValue stored) {
        return stored == null ? 0 : ReleaseRecord.readEntry(stored).version();
    }

    /** Returns what holds as long as the item is in this state. */
    List<Compare> unchanged() {
        return List.of(unchanged(ConfigKeys.head(item), head), unchanged(ConfigKeys.deleted(item), deleted),
                unchanged(ConfigKeys.staged(item), staged), unchanged(GrayMark.of(item), gray));
    }

    /** Returns what makes a version the last one. */
    List<Operation> next(ReleaseEntry entry, String content) {
        Key headKey = ConfigKeys.head(item);
        Key deletedKey = ConfigKeys.deleted(item);
        List<Operation> changes = new ArrayList<>();
        changes.add(new PutKey(switch (entry.action()) {
            case DELETED -> deletedKey;
            case STAGED -> ConfigKeys.staged(item);
            case PUBLISHED, ROLLED_BACK, PROMOTED -> headKey;
        }, ReleaseRecord.write(entry)));
        changes.add(new PutKey(ConfigKeys.version(item, entry.version()), ReleaseRecord.write(entry, content)));
        if (entry.action() == Action.DELETED) {
            changes.add(new DeleteKeys(headKey));
        } else if (deleted != null) {
            changes.add(new DeleteKeys(deletedKey));
        }
        return changes;
    }

    /**
     * Returns what drops the versions that the history no longer keeps, but never the current one, which staged ones may leave far
     * behind. Versions are stored without a gap but for that one, so they are looked for from the newest on: a range from the first
     * version on would lead over all that were dropped and that the store still has in its past.
     *
     * @param view what this state was read from
     * @param entry the version that becomes the last one
     * @param oldestKept the oldest version that is kept
     */
    List<Operation> forget(ReadView view, ReleaseEntry entry, long oldestKept) {
        long current = number(head);
        long first = oldestKept;
        while (first > 1 && view.find(ConfigKeys.version(item, first - 1)).isPresent()) {
            first--;
        }
        List<Operation> deletions = new ArrayList<>();
        boolean isBehind = current > 0 && current < oldestKept;
        if (isBehind && entry.action() == Action.STAGED) {
            forget(first, current - 1, deletions);
            forget(Math.max(first, current + 1), oldestKept - 1, deletions);
        } else {
            if (isBehind && current < first) {
                forget(current, current, deletions);
            }
            forget(first, oldestKept - 1, deletions);
        }
        return deletions;
    }

    private void forget(long first, long last, List<Operation> deletions) {
        if (first <= last) {
            deletions.add(new DeleteKeys(ConfigKeys.versions(item, first, last)).withoutPrevious());
        }
    }

    private static Compare unchanged(Key key, @Nullable KeyValue seen) {
        return seen == null ? Compare.absent(key) : Compare.modifiedAt(key, seen.modified());
    }
}
