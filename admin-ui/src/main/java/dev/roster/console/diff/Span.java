package dev.roster.console.diff;

/**
 * A piece of a line.
 *
 * @param text as it is to be shown: characters that a page would hide or obey are made visible
 * @param emphasised whether this piece is what differs from the line it is paired with
 */
public record Span(String text, boolean emphasised) {}
