package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;

/** Why something was not done with a gray release. Nothing was changed. */
public abstract sealed class GrayException extends RuntimeException permits GrayReleaseNotFoundException,
        GrayReleaseMismatchException, GrayReleaseStateException {
    private static final long serialVersionUID = 1L;

    private final transient ItemKey item;
    private final long version;

    GrayException(ItemKey item, long version, String message) {
        super(message);
        this.item = item;
        this.version = version;
    }

    /** Returns the item. */
    public ItemKey item() {
        return item;
    }

    /** Returns the version that names the gray release. */
    public long version() {
        return version;
    }
}
