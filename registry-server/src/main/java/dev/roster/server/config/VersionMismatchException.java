package dev.roster.server.config;

import org.jspecify.annotations.Nullable;

/** The item is not at the version that the author of a change believed to be current. */
public final class VersionMismatchException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;
    private final @Nullable Long currentVersion;

    VersionMismatchException(ItemKey item, @Nullable Long currentVersion) {
        super(currentVersion == null
                ? "item " + item + " does not exist"
                : "item " + item + " is at " + currentVersion);
        this.item = item;
        this.currentVersion = currentVersion;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }

    /** Returns the version that is current, null if the item does not exist. */
    public @Nullable Long currentVersion() {
        return currentVersion;
    }
}
