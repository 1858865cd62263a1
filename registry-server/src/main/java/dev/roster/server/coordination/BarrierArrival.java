package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;

/**
 * A party that stands at a barrier.
 *
 * @param id its name
 * @param session the session that it ends with
 * @param sessionName what the session is called, possibly empty
 * @param owner name of the user
 * @param since by the clock of the member that took it; nothing is decided by it
 * @param revision store revision that made it
 */
public record BarrierArrival(ArrivalId id, SessionId session, String sessionName, String owner, Instant since,
        long revision) {
    private static final int VERSION = 1;

    /** Returns the value of the key of an arrival. */
    static Value write(OpenSession session, Instant since) {
        return new ValueWriter(VERSION).text(session.name()).text(session.owner()).instant(since).toValue();
    }

    static BarrierArrival read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        BarrierArrival arrival = new BarrierArrival(CoordinationKeys.arrival(stored.key()),
                SessionId.of(stored.lease()), reader.text("sessionName"), reader.text("owner"),
                reader.instant("since"), stored.created().value());
        reader.end();
        return arrival;
    }
}
