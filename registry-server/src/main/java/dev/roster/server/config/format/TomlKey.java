package dev.roster.server.config.format;

/**
 * One part of a key.
 *
 * @param name what it says, without quotes and escapes
 * @param offset where it is in the text
 */
record TomlKey(String name, int offset) {}
