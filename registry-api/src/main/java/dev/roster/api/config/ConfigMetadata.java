package dev.roster.api.config;

/**
 * What is known of the properties of an application.
 *
 * @param application its name
 * @param number one more for each time that it was set; 0 if nothing is known
 * @param properties how many properties
 * @param refuse whether documents with faults are refused
 */
public record ConfigMetadata(String application, long number, int properties, boolean refuse) {}
