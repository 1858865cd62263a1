package dev.roster.server.config.effective;

import dev.roster.server.config.ItemName;

/**
 * A value and where it is from.
 *
 * @param value the value as text
 * @param item the item
 * @param version the version of the item
 * @param gray whether that version is one of a gray release, which has its number; otherwise it is, or was, for everybody
 * @param line line of its key, from 1
 * @param column column of its key, from 1
 */
public record Origin(String value, ItemName item, long version, boolean gray, int line, int column) {}
