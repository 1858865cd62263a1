package dev.roster.api.config;

/**
 * What came of a draft.
 *
 * @param name name of the item
 * @param version the version that was made
 */
public record PublishedDraft(String name, long version) {}
