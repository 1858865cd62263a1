package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;

/** There is no such gray release, or it is no longer kept. */
public final class GrayReleaseNotFoundException extends GrayException {
    private static final long serialVersionUID = 1L;

    GrayReleaseNotFoundException(ItemKey item, long version) {
        super(item, version, "no gray release " + version + " of item " + item);
    }
}
