package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;

/**
 * A claim that stands: it holds, or waits.
 *
 * @param id its name
 * @param session the session that it ends with
 * @param sessionName what the session is called, possibly empty
 * @param owner name of the user
 * @param permits how many permits it is for
 * @param value what others are shown, possibly empty
 * @param since by the clock of the member that took it; nothing is decided by it
 * @param created store revision that made it: its place in the queue, and its fencing token
 * @param modified store revision that wrote its value
 */
public record StandingClaim(ClaimId id, SessionId session, String sessionName, String owner, int permits,
        String value, Instant since, long created, long modified) {
    private static final int VERSION = 1;

    /** Returns the value of the key of a claim. */
    static Value write(OpenSession session, int permits, String value, Instant since) {
        return new ValueWriter(VERSION).text(session.name()).text(session.owner()).number(permits).text(value)
                .instant(since).toValue();
    }

    /** Returns the value of the key of this claim when others are to be shown something else. */
    Value writeWith(String other) {
        return new ValueWriter(VERSION).text(sessionName).text(owner).number(permits).text(other).instant(since)
                .toValue();
    }

    static StandingClaim read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        StandingClaim claim = new StandingClaim(CoordinationKeys.claim(stored.key()), SessionId.of(stored.lease()),
                reader.text("sessionName"), reader.text("owner"), (int) reader.number("permits"), reader.text("value"),
                reader.instant("since"), stored.created().value(), stored.modified().value());
        reader.end();
        return claim;
    }
}
