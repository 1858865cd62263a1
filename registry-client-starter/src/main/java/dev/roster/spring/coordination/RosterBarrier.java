package dev.roster.spring.coordination;

import dev.roster.api.coordination.Barrier;
import dev.roster.client.CoordinationOperations;
import dev.roster.client.SessionKeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/**
 * Lets a number of applications, or threads of them, wait for each other: all go on or none does. Once open it stays so, and whoever
 * comes later passes. It is broken for all, and for good, when one who waits goes before: its session is lost, its time is over, or its
 * thread is interrupted. Unlike a {@link java.util.concurrent.CyclicBarrier} it serves once: for another round it is {@linkplain #remove
 * removed}, or another name is taken, such as that of the run.
 *
 * <p>Every method asks the server. Made by {@link Coordination#barrier}; safe for use by several threads.
 */
public final class RosterBarrier {
    private final CoordinationOperations operations;
    private final SessionKeeper keeper;
    private final String name;
    private final int parties;

    RosterBarrier(CoordinationOperations operations, SessionKeeper keeper, String name, int parties) {
        this.operations = operations;
        this.keeper = keeper;
        this.name = name;
        this.parties = parties;
    }

    /** Returns how many have to arrive. */
    public int parties() {
        return parties;
    }

    /**
     * Waits until all have arrived, through outages of the server that are shorter than {@code roster.coordination.session-ttl}.
     *
     * @param deadline how long to wait at most; when it is over the barrier is broken
     * @throws BrokenBarrierException if one has gone before all had arrived, or the session of the application was lost
     * @throws TimeoutException if the time was over before, or the server could not be asked until then
     * @throws InterruptedException if the thread is interrupted
     * @throws dev.roster.client.RosterRejectedException with {@code parties-mismatch} if others say another number
     */
    public void await(Duration deadline) throws InterruptedException, BrokenBarrierException, TimeoutException {
        keeper.awaitBarrier(name, parties, deadline);
    }

    /** Returns what has become of it, and who stands at it; empty if nobody has arrived yet. */
    public Optional<Barrier> state() {
        return operations.barrier(name);
    }

    /**
     * Removes it, so that its name serves for another round.
     *
     * @return false if it is not there
     * @throws dev.roster.client.RosterRejectedException with {@code conflict} while somebody stands at it
     */
    public boolean remove() {
        return operations.removeBarrier(name);
    }
}
