package dev.roster.api.security;

/**
 * What became of a thing.
 *
 * @param what the thing, by name
 * @param before how it was, in a few words
 * @param after how it is then
 */
public record AuditRecordChange(String what, String before, String after) {}
