package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Arrives at a barrier.
 *
 * @param session id of the session that is to stand at it; needed
 * @param parties how many have to arrive, 1 to 1,000, by which the barrier is made if it is not there; one that is there has to be for
 *     just as many; needed
 */
public record ArrivalRequest(@Nullable String session, @Nullable Integer parties) {}
