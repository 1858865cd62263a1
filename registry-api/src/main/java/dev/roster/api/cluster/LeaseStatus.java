package dev.roster.api.cluster;

import java.time.Duration;

/**
 * How the leader judges leases, which instances and others live by.
 *
 * @param leases leases that there are
 * @param overdue those of them that nobody has kept alive in time
 * @param heldBack whether the end of these is held back because they are so many
 * @param heldFor for how long already; zero if it is not
 */
public record LeaseStatus(int leases, int overdue, boolean heldBack, Duration heldFor) {}
