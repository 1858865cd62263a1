package dev.roster.api.config;

/**
 * How many applications run with a version.
 *
 * @param version the version, 0 for none
 * @param clients how many
 */
public record AdoptedVersion(long version, int clients) {}
