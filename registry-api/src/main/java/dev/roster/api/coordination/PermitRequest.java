package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Asks for permits of a semaphore.
 *
 * @param session id of the session that is to hold them; needed
 * @param queue whether to stand in the queue when there are too few; null means that it is
 * @param permits how many, all or none, 1 to 10,000; null means 1
 * @param limit how many permits the semaphore has in all, by which it is made if it is not there; null leaves that to
 *     others. One that is there has to have just as many
 * @param value what others are shown: at most 4,096 characters; null means none
 */
public record PermitRequest(@Nullable String session, @Nullable Boolean queue, @Nullable Integer permits,
        @Nullable Integer limit, @Nullable String value) {}
