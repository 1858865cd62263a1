package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.gray.GrayRelease.Status;

/** The gray release cannot do that as it stands. */
public final class GrayReleaseStateException extends GrayException {
    private static final long serialVersionUID = 1L;

    private final Status status;
    private final String needed;

    GrayReleaseStateException(GrayRelease release, String needed) {
        super(release.item(), release.version(), "gray release " + release.version() + " of item " + release.item()
                + " is " + release.status() + ", needed: " + needed);
        this.status = release.status();
        this.needed = needed;
    }

    /** Returns how it stands. */
    public Status status() {
        return status;
    }

    /** Returns how it would have to stand. */
    public String needed() {
        return needed;
    }
}
