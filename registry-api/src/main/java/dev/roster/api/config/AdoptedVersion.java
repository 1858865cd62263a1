package dev.roster.api.config;

/**
 * What applications make of a version.
 *
 * @param version the version, 0 for none
 * @param clients how many run with it
 * @param fetched of how many it is the version that they have fetched last
 * @param failed how many of these report errors
 * @param unhealthy how many of those that run with it are not well, by their own word or as the registry knows
 */
public record AdoptedVersion(long version, int clients, int fetched, int failed, int unhealthy) {}
