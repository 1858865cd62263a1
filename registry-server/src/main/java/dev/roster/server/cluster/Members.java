package dev.roster.server.cluster;

/**
 * Changes who takes part in the cluster, one member at a time, while it works. A change is made by the leader, whichever member
 * is asked, and has been committed when a method returns. May be used by any thread; each method waits.
 *
 * <p>All methods throw {@link MemberChangeRefusedException} when the change was not made, and
 * {@link dev.roster.server.store.StoreUnavailableException} when there is no leader, or none said in time what became of it:
 * the members tell.
 */
public interface Members {

    /**
     * Makes a member known as a learner, which takes the state from the leader and has no vote.
     *
     * @param member a name that no member has
     */
    void add(String member);

    /** Gives a vote to a learner that has caught up. */
    void promote(String member);

    /** Takes a member out. One that leads hands over first, and is still a member then. */
    void remove(String member);

    /** Makes a voter the leader. */
    void lead(String member);
}
