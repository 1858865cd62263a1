package dev.roster.server.coordination;

/**
 * A queue as a whole.
 *
 * @param queue which one
 * @param size how many items it holds, those that are taken and not acknowledged included
 * @param taken how many are taken and not acknowledged
 * @param capacity how many it may hold
 * @param revision the store revision that this shows
 */
public record QueueLoad(QueueKey queue, int size, int taken, int capacity, long revision) {}
