package dev.roster.api.coordination;

import java.time.Instant;

/**
 * A party that stands at a barrier.
 *
 * @param arrival name of the arrival, chosen by who made it
 * @param session id of the session
 * @param sessionName what the session is called, possibly empty
 * @param owner name of the user
 * @param since since when it stands, by the clock of the member that took it
 * @param revision store revision that made it
 */
public record BarrierArrival(String arrival, String session, String sessionName, String owner, Instant since,
        long revision) {}
