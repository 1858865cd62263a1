package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Takes the first item of a queue that nobody has taken.
 *
 * @param session id of the session that takes it until it is acknowledged; null means that it leaves the queue at once
 */
public record QueueTakeRequest(@Nullable String session) {}
