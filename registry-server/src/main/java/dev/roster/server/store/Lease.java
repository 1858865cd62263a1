package dev.roster.server.store;

import java.time.Duration;

/**
 * A lease as the state machine holds it. Deadlines are not part of the state: only the leader judges them.
 *
 * @param id its id
 * @param ttl how long it lives without a keep-alive
 */
public record Lease(LeaseId id, Duration ttl) {}
