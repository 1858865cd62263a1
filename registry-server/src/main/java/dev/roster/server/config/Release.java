package dev.roster.server.config;

/**
 * One version of an item with its content.
 *
 * @param item which item
 * @param entry everything but the content
 * @param content the document with its secrets encrypted, empty for a deletion; {@link ConfigSecrets} shows it to callers
 */
public record Release(ItemKey item, ReleaseEntry entry, String content) {}
