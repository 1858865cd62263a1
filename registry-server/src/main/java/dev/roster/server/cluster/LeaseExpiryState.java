package dev.roster.server.cluster;

import java.time.Duration;

/**
 * How the leader judges leases at one moment.
 *
 * @param leases leases that there are
 * @param overdue those of them that nobody has kept alive in time
 * @param heldBack whether the end of these is held back
 * @param heldFor for how long already; zero if it is not
 */
public record LeaseExpiryState(int leases, int overdue, boolean heldBack, Duration heldFor) {}
