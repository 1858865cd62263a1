package dev.roster.server.config.check;

/**
 * What is known of the properties of an application.
 *
 * @param application its name
 * @param number one more for each time that it was set, 0 if nothing is known
 * @param properties how many properties
 * @param refuses whether documents with faults are refused
 */
public record MetadataSummary(String application, long number, int properties, boolean refuses) {}
