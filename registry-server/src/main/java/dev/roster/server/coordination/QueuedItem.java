package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item of a queue.
 *
 * @param queue which queue
 * @param id its number, greater than those of all items before it
 * @param value the item
 * @param offeredBy name of the user who offered it
 * @param offeredAt by the clock of the member that took it; nothing is decided by it
 * @param session the session that has taken it, null if nobody has
 * @param revision store revision that made it
 */
public record QueuedItem(QueueKey queue, long id, String value, String offeredBy, Instant offeredAt,
        @Nullable SessionId session, long revision) {
    private static final int VERSION = 1;

    static Value write(String value, String offeredBy, Instant offeredAt) {
        return new ValueWriter(VERSION).text(value).text(offeredBy).instant(offeredAt).toValue();
    }

    static QueuedItem read(QueueKey queue, KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        QueuedItem item = new QueuedItem(queue, CoordinationKeys.item(stored.key()), reader.text("value"),
                reader.text("offeredBy"), reader.instant("offeredAt"), null, stored.created().value());
        reader.end();
        return item;
    }

    QueuedItem takenBy(@Nullable SessionId taker) {
        return new QueuedItem(queue, id, value, offeredBy, offeredAt, taker, revision);
    }
}
