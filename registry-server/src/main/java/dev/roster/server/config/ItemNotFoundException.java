package dev.roster.server.config;

/** There is no such item, or not any more. */
public final class ItemNotFoundException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;

    ItemNotFoundException(ItemKey item) {
        super("no item " + item);
        this.item = item;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }
}
