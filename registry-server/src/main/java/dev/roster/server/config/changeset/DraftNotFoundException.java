package dev.roster.server.config.changeset;

import dev.roster.server.config.ItemName;

/** The change set has no draft of the item. */
public final class DraftNotFoundException extends ChangeSetException {
    private static final long serialVersionUID = 1L;

    private final transient ItemName item;

    DraftNotFoundException(ChangeSetKey key, ItemName item) {
        super(key, "change set " + key + " has no draft of " + item);
        this.item = item;
    }

    /** Returns the item. */
    public ItemName item() {
        return item;
    }
}
