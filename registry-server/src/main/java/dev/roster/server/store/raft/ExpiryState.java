package dev.roster.server.store.raft;

import java.time.Duration;

/**
 * How the leader judges leases at one moment.
 *
 * @param leases leases that are not ending
 * @param overdue those of them whose time is over
 * @param heldBack whether their end is held back
 * @param heldFor for how long already; zero if it is not
 */
public record ExpiryState(int leases, int overdue, boolean heldBack, Duration heldFor) {

    /** What a member tells that judges nothing. */
    static final ExpiryState NONE = new ExpiryState(0, 0, false, Duration.ZERO);
}
