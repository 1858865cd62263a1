package dev.roster.server.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * What features see of the replicated store. All methods may be called by any thread and none blocks.
 *
 * <p>A future that fails does so with a {@link StoreException}. {@link OutcomeUnknownException} means that the command
 * may or may not have been carried out; every other failure means that it has not been.
 */
public interface Store {

    /** Proposes a transaction. Completed once it is durable on a majority and visible in {@link #view()} here. */
    CompletableFuture<TxnResult> commit(Txn txn);

    /**
     * Proposes a transaction whose parts were put before. {@link LargeTxn} does both.
     *
     * @return its result, which tells no results of operations
     */
    CompletableFuture<TxnResult> commit(CommitParts command);

    /** Proposes a lease. Commands that one thread proposes one after another are applied in that order, if they are applied. */
    CompletableFuture<LeaseGranted> grant(GrantLease command);

    /**
     * Proposes a lease whose id the store chooses: greater than 0, and again if it is in use.
     *
     * @param ttl as in {@link GrantLease}
     * @param random gives the id; not to be guessed where a lease is to be kept from strangers
     */
    default CompletableFuture<LeaseGranted> grant(Duration ttl, LongSupplier random) {
        long id = random.getAsLong() & Long.MAX_VALUE;
        return grant(new GrantLease(new LeaseId(id == 0 ? 1 : id), ttl)).exceptionallyCompose(
                error -> error instanceof LeaseExistsException || error.getCause() instanceof LeaseExistsException
                        ? grant(ttl, random)
                        : CompletableFuture.failedFuture(error));
    }

    /** Ends leases and deletes their keys. */
    CompletableFuture<LeasesRevoked> revoke(RevokeLeases command);

    /** Forgets old revisions. */
    CompletableFuture<Compacted> compact(Compact command);

    /** Replaces the whole state by that of a backup whose parts were put before. */
    CompletableFuture<Restored> restore(Restore command);

    /**
     * Gives leases a full time to live again. Completed once the leader has noted it.
     *
     * @return those of the ids that do not exist (any more)
     */
    CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids);

    /** Returns a lease, if this member's replica has it. */
    Optional<Lease> findLease(LeaseId id);

    /** Returns all leases of this member's replica, ordered by id. */
    List<Lease> leases();

    /** Tells of a lease how long it has to live and which keys are attached to it; empty if it does not exist (any more). */
    CompletableFuture<Optional<LeaseStatus>> leaseStatus(LeaseId id);

    /** Returns this member's replica as it is now, possibly behind others. */
    ReadView view();

    /**
     * Returns this member's replica at an earlier revision.
     *
     * @throws RevisionCompactedException if it is no longer kept
     * @throws RevisionAheadException if this replica has not reached it
     */
    ReadView viewAt(Revision revision);

    /** Returns a view that shows every command acknowledged to anybody before this call. */
    CompletableFuture<ReadView> linearizableView();

    /**
     * Returns a view of at least this revision, waiting for the replica to reach it. Fails with {@link RevisionAheadException}
     * if it is a revision that nobody can have seen yet.
     */
    CompletableFuture<ReadView> viewNotBefore(Revision revision);

    /** Follows all changes of ranges, as {@link #watch(List, Revision, WatchFilter, WatchListener)} does. */
    default Watch watch(List<KeyRange> ranges, Revision after, WatchListener listener) {
        return watch(ranges, after, WatchFilter.ALL, listener);
    }

    /**
     * Follows changes. Each is told with what was there before it.
     *
     * @param ranges what to follow, at least one
     * @param after the last revision that the caller has seen; changes after it are told
     * @param filter which changes to tell
     * @param listener told of them
     * @throws RevisionCompactedException if changes after {@code after} are no longer all kept
     * @throws RevisionAheadException if this replica has not reached {@code after}
     */
    Watch watch(List<KeyRange> ranges, Revision after, WatchFilter filter, WatchListener listener);
}
