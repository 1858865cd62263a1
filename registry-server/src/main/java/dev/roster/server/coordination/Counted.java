package dev.roster.server.coordination;

/**
 * What a counter says.
 *
 * @param key which one
 * @param value its value, 0 if nobody has changed it
 * @param revision store revision that wrote it, 0 if nobody has
 */
public record Counted(CounterKey key, long value, long revision) {}
