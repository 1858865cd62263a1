package dev.roster.server.config;

/**
 * What came of a publication.
 *
 * @param release the version that is now current
 * @param first whether there was no such item before, be it that there never was or that it had been deleted
 */
public record Published(Release release, boolean first) {}
