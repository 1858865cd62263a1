package dev.roster.server.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Makes commands durable, orders them and applies them to this member's {@link StateMachine}. One port, two engines: a
 * local one for tests and the Raft one; both pass the same contract test.
 */
public interface Replicator extends AutoCloseable {

    /**
     * Proposes a command. Commands that one thread proposes are applied in that order, if they are applied.
     *
     * @return completed once the command is durable on a majority and applied to this member's replica; fails with a
     *     {@link StoreException}, {@link OutcomeUnknownException} if it may have been carried out all the same
     */
    CompletableFuture<CommandResult> propose(Command command);

    /**
     * Waits until this member's replica shows every command acknowledged to anybody before this call. All reads that wait
     * at one moment share one round.
     */
    CompletableFuture<Void> readBarrier();

    /**
     * Gives leases a full time to live again.
     *
     * @return those of the ids that do not exist (any more)
     */
    CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids);

    /** Asks the leader how long a lease has to live, 0 or more; empty if it does not exist (any more). */
    CompletableFuture<Optional<Duration>> timeToLive(LeaseId id);

    /** Returns this member's replica. It stays the same object when a snapshot is installed: the content is swapped. */
    StateMachine stateMachine();

    /** Stops taking part. Commands in flight fail. */
    @Override
    void close();
}
