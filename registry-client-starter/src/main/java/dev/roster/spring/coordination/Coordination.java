package dev.roster.spring.coordination;

import dev.roster.client.CoordinationOperations;
import dev.roster.client.SessionKeeper;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the application shares with others by Roster. Nothing is asked of the server before something is used. Safe for use by several
 * threads, which may be virtual ones.
 *
 * <p>Names are 1 to 128 letters, digits, dots, colons, hyphens and underscores.
 */
public final class Coordination {

    /** Locks that are remembered, so that a thread may enter one again; of more, those that nobody uses are made anew. */
    private static final int MAX_IDLE_LOCKS = 10_000;

    private final SessionKeeper keeper;
    private final CoordinationOperations operations;
    private final LeaderElections elections;
    private final ConcurrentHashMap<String, RosterLock> locks = new ConcurrentHashMap<>();

    Coordination(SessionKeeper keeper, CoordinationOperations operations, LeaderElections elections) {
        this.keeper = keeper;
        this.operations = operations;
        this.elections = elections;
    }

    /** Returns a lock, the same one for the same name. */
    public RosterLock lock(String name) {
        if (locks.size() >= MAX_IDLE_LOCKS && !locks.containsKey(name)) {
            locks.values().removeIf(RosterLock::isIdle);
        }
        return locks.computeIfAbsent(name, unknown -> new RosterLock(keeper, unknown));
    }

    /**
     * Returns a semaphore.
     *
     * @param limit how many permits it has in all, which everybody has to say alike
     */
    public RosterSemaphore semaphore(String name, int limit) {
        return new RosterSemaphore(keeper, name, limit);
    }

    /**
     * Returns a barrier.
     *
     * @param parties how many have to arrive, 1 to 1,000, which everybody has to say alike
     */
    public RosterBarrier barrier(String name, int parties) {
        return new RosterBarrier(operations, keeper, name, parties);
    }

    /** Returns a counter. */
    public RosterCounter counter(String name) {
        return new RosterCounter(operations, name);
    }

    /**
     * Returns a queue.
     *
     * @param capacity how many items it may hold, 1 to 10,000, if it is not there yet
     */
    public RosterQueue queue(String name, int capacity) {
        return new RosterQueue(operations, keeper, name, capacity);
    }

    /** Returns an election, the same one for the same name, for which the application stands from then on while it runs. */
    public LeaderElection election(String name) {
        return elections.of(name);
    }
}
