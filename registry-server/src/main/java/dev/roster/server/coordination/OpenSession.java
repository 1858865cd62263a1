package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * A session.
 *
 * @param namespace namespace of the session, and of all that is held by it
 * @param id its id
 * @param ttl how long it lives without being kept alive
 * @param name what people are shown, possibly empty
 * @param owner name of the user who opened it
 * @param openedAt by the clock of the member that took the request; nothing is decided by it
 * @param revision store revision that made it
 */
public record OpenSession(NamespaceName namespace, SessionId id, Duration ttl, String name, String owner,
        Instant openedAt, long revision) {
    private static final int VERSION = 1;

    Value write() {
        return new ValueWriter(VERSION).duration(ttl).text(name).text(owner).instant(openedAt).toValue();
    }

    static OpenSession read(NamespaceName namespace, KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        OpenSession session = new OpenSession(namespace, SessionId.of(stored.lease()), reader.duration("ttl"),
                reader.text("name"), reader.text("owner"), reader.instant("openedAt"), stored.created().value());
        reader.end();
        return session;
    }
}
