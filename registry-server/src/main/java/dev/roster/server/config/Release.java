package dev.roster.server.config;

/**
 * One version of an item with its content.
 *
 * @param item which item
 * @param entry everything but the content
 * @param content the document, empty for a deletion
 */
public record Release(ItemKey item, ReleaseEntry entry, String content) {}
