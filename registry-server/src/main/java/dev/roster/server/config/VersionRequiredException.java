package dev.roster.server.config;

/** The item exists, so whoever changes it must say which version they believe to be current. */
public final class VersionRequiredException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;
    private final long currentVersion;

    VersionRequiredException(ItemKey item, long currentVersion) {
        super("item " + item + " exists at version " + currentVersion);
        this.item = item;
        this.currentVersion = currentVersion;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }

    /** Returns the version that is current. */
    public long currentVersion() {
        return currentVersion;
    }
}
