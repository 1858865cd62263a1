package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * What was taken from a queue.
 *
 * @param item the item, null if there was none
 */
public record QueueTaken(@Nullable QueueItem item) {}
