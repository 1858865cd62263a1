package dev.roster.api.coordination;

import java.time.Duration;
import java.time.Instant;

/**
 * A session: what locks, places and permits are held by. All of them end with it.
 *
 * @param namespace namespace of the session, and of all that is held by it
 * @param id made by the server
 * @param ttl how long it lives without being kept alive
 * @param name what people are shown, possibly empty
 * @param owner name of the user who opened it
 * @param openedAt by the clock of the member that took the request
 * @param revision store revision that made it
 */
public record CoordinationSession(String namespace, String id, Duration ttl, String name, String owner,
        Instant openedAt, long revision) {}
