package dev.roster.api.cluster;

/**
 * A member to add, or to lead.
 *
 * @param id its name: 1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or a digit
 */
public record MemberRequest(String id) {}
