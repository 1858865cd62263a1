package dev.roster.server.config.format;

/**
 * A property of a document, as a Spring application would see it.
 *
 * @param document which document of the content, from 0; only YAML and properties may hold several
 * @param path its name, such as {@code server.hosts[0].name}
 * @param value its value as text; empty for nothing
 * @param line line of its key, from 1
 * @param column column of its key, from 1, in code points
 */
public record DocumentProperty(int document, String path, String value, int line, int column) {}
