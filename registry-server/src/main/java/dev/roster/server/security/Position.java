package dev.roster.server.security;

/**
 * Where a part of a list begins.
 *
 * @param revision the revision that the part before showed
 * @param after {@link Slice#last} of the part before
 */
public record Position(long revision, String after) {}
