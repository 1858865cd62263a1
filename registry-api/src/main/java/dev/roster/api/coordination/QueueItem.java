package dev.roster.api.coordination;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item of a queue.
 *
 * @param namespace namespace of the queue
 * @param queue name of the queue
 * @param id its number, greater than those of all items before it
 * @param value the item
 * @param offeredBy name of the user who offered it
 * @param offeredAt by the clock of the member that took it
 * @param session the session that has taken it, null if nobody has
 * @param revision store revision that made it
 */
public record QueueItem(String namespace, String queue, long id, String value, String offeredBy, Instant offeredAt,
        @Nullable String session, long revision) {}
