package dev.roster.api.coordination;

/**
 * A counter. One that nobody has changed is 0.
 *
 * @param namespace its namespace
 * @param name its name
 * @param value 64 bits
 * @param revision store revision that wrote it, 0 if nobody has
 */
public record Counter(String namespace, String name, long value, long revision) {}
