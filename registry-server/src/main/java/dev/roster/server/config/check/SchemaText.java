package dev.roster.server.config.check;

/**
 * The schema of an item.
 *
 * @param text the JSON Schema, empty if there is none
 * @param number one more for each time that it was set; 0 if it never was
 */
public record SchemaText(String text, long number) {}
