package dev.roster.server.store;

import java.time.Duration;

/** Result of a {@link GrantLease}. */
public record LeaseGranted(LeaseId id, Duration ttl, Revision revision) implements CommandResult {}
