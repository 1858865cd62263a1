package dev.roster.api.coordination;

/**
 * A queue as a whole.
 *
 * @param namespace its namespace
 * @param name its name
 * @param size how many items it holds, those that are taken and not acknowledged included
 * @param taken how many are taken and not acknowledged
 * @param capacity how many it may hold
 * @param revision store revision that this shows
 */
public record QueueState(String namespace, String name, int size, int taken, int capacity, long revision) {}
