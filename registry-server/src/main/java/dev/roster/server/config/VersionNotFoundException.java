package dev.roster.server.config;

/** There is no such version of the item, it is no longer kept, or it records a deletion and so has no content. */
public final class VersionNotFoundException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;
    private final long version;

    VersionNotFoundException(ItemKey item, long version) {
        super("no version " + version + " of item " + item + " with content");
        this.item = item;
        this.version = version;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }

    /** Returns the version that was asked for. */
    public long version() {
        return version;
    }
}
