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

    /**
     * Returns what makes a version the last one.
     *
     * @param oldestKept the oldest version that is kept
     */
    List<Operation> next(ReleaseEntry entry, String content, long oldestKept) {
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
        changes.addAll(forget(entry, oldestKept));
        return changes;
    }

    /** Forgets what the history no longer keeps, but never the current version, which staged ones may leave far behind. */
    private List<Operation> forget(ReleaseEntry entry, long oldestKept) {
        long current = number(head);
        List<Operation> deletions = new ArrayList<>();
        if (entry.action() == Action.STAGED && current > 0 && current < oldestKept) {
            forget(1, current - 1, deletions);
            forget(current + 1, oldestKept - 1, deletions);
        } else {
            forget(1, oldestKept - 1, deletions);
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
