package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.coordination.Barrier;
import dev.roster.api.coordination.BarrierState;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.api.coordination.CoordinationSession;
import dev.roster.api.coordination.Counter;
import dev.roster.api.coordination.QueueItem;
import dev.roster.api.coordination.QueueState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sessions of one namespace, and what is held by them. Every method asks the server, blocks until the answer is there, may be
 * called by any thread, and throws a {@link RosterException}. Programs that hold something rather use
 * {@link RosterClient#keepSession}, which keeps a session alive and tells when it is lost.
 */
public interface CoordinationOperations {

    /**
     * Opens a session.
     *
     * @param ttl how long it lives without being kept alive, 1 s to 1 h
     * @param name what people are shown, possibly empty
     */
    CoordinationSession openSession(Duration ttl, String name);

    /**
     * Gives a session its full time to live again, counted from when this is called at the earliest.
     *
     * @throws RosterRejectedException with {@code session-not-found} if it has ended
     */
    void keepSessionAlive(String session);

    /**
     * Ends a session, and everything that is held by it.
     *
     * @throws RosterRejectedException with {@code session-not-found} if it has ended
     */
    void endSession(String session);

    /** Returns a page of the sessions, by id. */
    Page<CoordinationSession> sessions(PageRequest page);

    /**
     * Claims something, and waits until it is held or the time is over. The claim keeps its place in the queue then, and the same
     * call asks on: a claim that is made again is the same one.
     *
     * @param claim name of the claim, best drawn at random
     * @param session by which it is to be held
     * @param queue whether to stand in the queue when others hold it
     * @param wait at most 25 s
     * @throws RosterRejectedException with {@code already-held} if others hold it, and there is to be no waiting; with
     *     {@code session-not-found} or {@code claim-not-found} if these ended meanwhile
     */
    Claim claim(ClaimSpec wanted, String claim, String session, boolean queue, Duration wait);

    /**
     * Ends a claim, whether it holds or waits.
     *
     * @throws RosterRejectedException with {@code claim-not-found} if it has ended
     */
    void endClaim(ClaimKind kind, String name, String claim);

    /**
     * Replaces what others are shown of the leader of an election.
     *
     * @throws RosterRejectedException with {@code claim-not-found} or {@code conflict} if the claim does not hold
     */
    Claim proclaim(String election, String claim, String value);

    /** Returns who holds something, and who waits for it. */
    ClaimQueue claims(ClaimKind kind, String name);

    /** Returns a page of what is claimed, by name. */
    Page<ClaimSummary> claimed(ClaimKind kind, PageRequest page);

    /**
     * Says how many permits a semaphore has.
     *
     * @throws RosterRejectedException with {@code conflict} if more are held or waited for
     */
    ClaimQueue defineSemaphore(String name, int limit);

    /**
     * Removes a semaphore.
     *
     * @throws RosterRejectedException with {@code conflict} while it is claimed, {@code semaphore-not-found} if there is none
     */
    void removeSemaphore(String name);

    /**
     * Arrives at a barrier, and waits until it opens or the time is over. The arrival stands on then, and the same call waits on: an
     * arrival that is made again is the same one. Programs rather use {@link SessionKeeper#awaitBarrier}.
     *
     * @param arrival name of the arrival, best drawn at random
     * @param session by which it is to stand
     * @param parties how many have to arrive, 1 to 1,000
     * @param wait at most 25 s
     * @throws RosterRejectedException with {@code barrier-broken} if one has gone before all had arrived, {@code parties-mismatch} if
     *     others say another number, {@code session-not-found} if the session has ended
     */
    BarrierState arrive(String barrier, String arrival, String session, int parties, Duration wait);

    /**
     * Leaves a barrier, which breaks it unless it is open.
     *
     * @return the barrier as it was left
     * @throws RosterRejectedException with {@code claim-not-found} if there is no such arrival
     */
    BarrierState leaveBarrier(String barrier, String arrival);

    /** Returns a barrier, and who stands at it. */
    Optional<Barrier> barrier(String name);

    /** Returns a page of the barriers, by name. */
    Page<BarrierState> barriers(PageRequest page);

    /**
     * Removes a barrier, so that its name serves again.
     *
     * @return false if it is not there
     * @throws RosterRejectedException with {@code conflict} while somebody stands at it
     */
    boolean removeBarrier(String name);

    /** Returns a counter; one that nobody has changed is 0. */
    Counter counter(String name);

    /**
     * Adds to a counter. Not repeated when the answer is lost.
     *
     * @throws RosterRejectedException with {@code conflict} if the sum does not fit into 64 bits
     */
    Counter addToCounter(String name, long delta);

    /** Sets a counter. */
    Counter setCounter(String name, long value);

    /**
     * Sets a counter if it says what is expected. Not repeated when the answer is lost.
     *
     * @return empty if it was set, otherwise what it says
     */
    OptionalLong compareAndSetCounter(String name, long expected, long value);

    /**
     * Puts an item at the end of a queue. Not repeated when the answer is lost.
     *
     * @param capacity how many items the queue may hold if it is not there yet, 1 to 10,000
     * @return empty if the queue is full
     */
    Optional<QueueItem> offer(String queue, String value, int capacity);

    /**
     * Takes the first item of a queue that nobody has taken, until it is acknowledged or the session ends. When the answer is lost it
     * stays taken for as long as the session lives.
     *
     * @param wait at most 25 s
     * @return empty if there was none
     */
    Optional<QueueItem> take(String queue, String session, Duration wait);

    /**
     * Takes the first item out of a queue. When the answer is lost, so is the item.
     *
     * @param wait at most 25 s
     * @return empty if there was none
     */
    Optional<QueueItem> poll(String queue, Duration wait);

    /** Removes an item that was taken; false if the session does not have it any more. */
    boolean acknowledge(String queue, long id, String session);

    /** Gives an item back that was taken, to its place; false if the session does not have it any more. */
    boolean giveBack(String queue, long id, String session);

    /** Returns how full a queue is. */
    QueueState queue(String name);
}
