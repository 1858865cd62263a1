package dev.roster.api.coordination;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds, or stands in the queue for.
 *
 * @param claim name of the claim, chosen by who made it
 * @param session id of the session
 * @param sessionName what the session is called, possibly empty
 * @param owner name of the user
 * @param held whether it is held, and not waited for
 * @param position 0 if it is held, otherwise the place in the queue, from 1
 * @param fencingToken greater than that of everybody who held it before; null unless it is held
 * @param permits how many permits, 1 for locks and elections
 * @param value what others are shown, possibly empty
 * @param since since when the claim stands, by the clock of the member that took it
 * @param revision store revision that made the claim, or changed its value
 */
public record Claim(String claim, String session, String sessionName, String owner, boolean held, int position,
        @Nullable Long fencingToken, int permits, String value, Instant since, long revision) {}
