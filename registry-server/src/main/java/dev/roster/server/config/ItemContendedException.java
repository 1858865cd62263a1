package dev.roster.server.config;

/** Others changed the item again and again at the same time. */
public final class ItemContendedException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;

    ItemContendedException(ItemKey item) {
        super("item " + item + " is being changed by others at the same time");
        this.item = item;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }
}
