package dev.roster.server.cluster;

/**
 * How leases end for which nobody speaks any more. When very many of them are overdue at once their end is held back, for it
 * is more likely that the way to them is cut than that they are gone. Asks the leader; may be used by any thread.
 */
public interface LeaseExpiry {

    /**
     * Returns how the leader judges leases.
     *
     * @throws dev.roster.server.store.StoreUnavailableException if there is no leader
     */
    LeaseExpiryState state();

    /**
     * Ends the leases that are held back. Nothing happens when none are.
     *
     * @return how the leader judges leases then
     * @throws dev.roster.server.store.StoreUnavailableException if there is no leader
     */
    LeaseExpiryState release();
}
