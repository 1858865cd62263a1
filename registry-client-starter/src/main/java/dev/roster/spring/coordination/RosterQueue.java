package dev.roster.spring.coordination;

import dev.roster.api.coordination.QueueItem;
import dev.roster.api.coordination.QueueState;
import dev.roster.client.CoordinationOperations;
import dev.roster.client.SessionKeeper;
import java.time.Duration;
import java.util.Optional;

/**
 * A queue that all applications share: items leave in the order in which they came. Every method asks the server and throws a
 * {@link dev.roster.client.RosterException}. Made by {@link Coordination#queue}; safe for use by several threads.
 *
 * <p>{@link #take} and {@link #acknowledge} deliver an item at least once: it is at its place again when the application dies before it has
 * acknowledged it. {@link #poll} delivers it at most once.
 */
public final class RosterQueue {
    private final CoordinationOperations operations;
    private final SessionKeeper keeper;
    private final String name;
    private final int capacity;

    RosterQueue(CoordinationOperations operations, SessionKeeper keeper, String name, int capacity) {
        this.operations = operations;
        this.keeper = keeper;
        this.name = name;
        this.capacity = capacity;
    }

    /**
     * Puts an item at the end.
     *
     * @param value at most 65,536 characters
     * @return false if the queue is full
     * @throws dev.roster.client.RosterOutcomeUnknownException if it may or may not be in the queue
     */
    public boolean offer(String value) {
        return operations.offer(name, value, capacity).isPresent();
    }

    /**
     * Takes the first item that nobody has taken, to be acknowledged.
     *
     * @param wait at most 25 s
     * @return empty if there was none
     */
    public Optional<QueueItem> take(Duration wait) {
        return operations.take(name, keeper.openSession(), wait);
    }

    /**
     * Removes an item that was taken.
     *
     * @return false if the application does not have it any more, because its session was lost: it may be delivered to others
     */
    public boolean acknowledge(QueueItem item) {
        String session = item.session();
        return session != null && operations.acknowledge(name, item.id(), session);
    }

    /** Gives an item back to its place, for others to take; false if the application does not have it any more. */
    public boolean giveBack(QueueItem item) {
        String session = item.session();
        return session != null && operations.giveBack(name, item.id(), session);
    }

    /**
     * Takes the first item that nobody has taken out of the queue.
     *
     * @param wait at most 25 s
     * @return empty if there was none
     */
    public Optional<QueueItem> poll(Duration wait) {
        return operations.poll(name, wait);
    }

    /** Returns how full it is. */
    public QueueState state() {
        return operations.queue(name);
    }
}
