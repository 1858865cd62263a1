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
 * What the two keys of an item that change were at some moment, and what may follow.
 *
 * @param item which item
 * @param head the current version, null if the item does not exist
 * @param deleted the deletion, null if the item exists or never was
 */
record ItemState(ItemKey item, @Nullable KeyValue head, @Nullable KeyValue deleted) {

    static ItemState read(ReadView view, ItemKey item) {
        return new ItemState(item, view.find(ConfigKeys.head(item)).orElse(null),
                view.find(ConfigKeys.deleted(item)).orElse(null));
    }

    /** Returns the current version, null if the item does not exist. */
    @Nullable
    ReleaseEntry current() {
        return head == null ? null : ReleaseRecord.readEntry(head);
    }

    /** Returns the highest number that was used, 0 if none was. */
    long lastVersion() {
        KeyValue last = head == null ? deleted : head;
        return last == null ? 0 : ReleaseRecord.readEntry(last).version();
    }

    /** Returns what holds as long as the item is in this state. */
    List<Compare> unchanged() {
        return List.of(unchanged(ConfigKeys.head(item), head), unchanged(ConfigKeys.deleted(item), deleted));
    }

    /**
     * Returns what makes a version the last one.
     *
     * @param oldestKept the oldest version that is kept
     */
    List<Operation> next(ReleaseEntry entry, String content, long oldestKept) {
        Key headKey = ConfigKeys.head(item);
        Key deletedKey = ConfigKeys.deleted(item);
        boolean deletion = entry.action() == Action.DELETED;
        List<Operation> changes = new ArrayList<>();
        changes.add(new PutKey(deletion ? deletedKey : headKey, ReleaseRecord.write(entry)));
        changes.add(new PutKey(ConfigKeys.version(item, entry.version()), ReleaseRecord.write(entry, content)));
        if (deletion) {
            changes.add(new DeleteKeys(headKey));
        } else if (deleted != null) {
            changes.add(new DeleteKeys(deletedKey));
        }
        if (oldestKept > 1) {
            changes.add(ItemHistory.forgetBefore(item, oldestKept));
        }
        return changes;
    }

    private static Compare unchanged(Key key, @Nullable KeyValue seen) {
        return seen == null ? Compare.absent(key) : Compare.modifiedAt(key, seen.modified());
    }
}
