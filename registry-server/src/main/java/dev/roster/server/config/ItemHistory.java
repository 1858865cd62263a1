package dev.roster.server.config;

import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Operation;

/** What is done to the versions of an item that are no longer wanted, for those who plan changes. */
public final class ItemHistory {
    private ItemHistory() {}

    /**
     * Returns what forgets the versions before one. Their numbers are not used again.
     *
     * @param version 2 or more
     */
    public static Operation forgetBefore(ItemKey item, long version) {
        return new DeleteKeys(ConfigKeys.versions(item, 1, version - 1)).withoutPrevious();
    }
}
