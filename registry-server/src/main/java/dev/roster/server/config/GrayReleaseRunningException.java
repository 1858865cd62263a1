package dev.roster.server.config;

/** A gray release of the item runs, so nothing else is changed of it until that has ended. */
public final class GrayReleaseRunningException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;

    GrayReleaseRunningException(ItemKey item) {
        super("a gray release of item " + item + " runs");
        this.item = item;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }
}
