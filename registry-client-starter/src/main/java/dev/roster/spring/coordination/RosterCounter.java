package dev.roster.spring.coordination;

import dev.roster.client.CoordinationOperations;
import java.util.OptionalLong;

/**
 * A counter of 64 bits that all applications share; 0 until somebody changes it. Every method asks the server and throws a
 * {@link dev.roster.client.RosterException}. Made by {@link Coordination#counter}; safe for use by several threads.
 */
public final class RosterCounter {
    private final CoordinationOperations operations;
    private final String name;

    RosterCounter(CoordinationOperations operations, String name) {
        this.operations = operations;
        this.name = name;
    }

    /** Returns what it says. */
    public long get() {
        return operations.counter(name).value();
    }

    /**
     * Adds to it.
     *
     * @return the sum
     * @throws dev.roster.client.RosterRejectedException with {@code conflict} if the sum does not fit into 64 bits
     * @throws dev.roster.client.RosterOutcomeUnknownException if it may or may not have been added
     */
    public long addAndGet(long delta) {
        return operations.addToCounter(name, delta).value();
    }

    /** Adds 1. */
    public long incrementAndGet() {
        return addAndGet(1);
    }

    /** Sets it, whatever it says. */
    public void set(long value) {
        operations.setCounter(name, value);
    }

    /**
     * Sets it if it says what is expected.
     *
     * @return empty if it was set, otherwise what it says
     */
    public OptionalLong compareAndSet(long expected, long value) {
        return operations.compareAndSetCounter(name, expected, value);
    }
}
