package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Puts an item at the end of a queue.
 *
 * @param value the item: at most 65,536 characters; needed
 * @param capacity how many items the queue may hold, 1 to 10,000, by which it is made if it is not there; null means 1,000. One that is
 *     there keeps what it has
 */
public record QueueOfferRequest(@Nullable String value, @Nullable Integer capacity) {}
