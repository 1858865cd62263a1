package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Restore;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.StateFullException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.UpdateKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has new data refused before the state is too large for a snapshot, which may have 2 GiB: beyond, none could be written any
 * more, and the log would grow until the disk is full.
 *
 * <p>What makes room is taken: the end of leases, compaction, and transactions that delete. These put something as well, such as
 * an audit entry, or the version in whose place others go, for which there is a reserve.
 *
 * <p>The size is that of the state that is applied here; what waits to be applied comes on top. {@link #look} is called by one
 * thread, everything else by any.
 */
final class StateQuota {

    private static final Logger LOG = LoggerFactory.getLogger(StateQuota.class);

    /**
     * Largest limit. What is left of 2 GiB is for the reserve, for history (128 MiB), for what is remembered of batches (64 MiB),
     * and for the commands that wait in the queues of members (64 MiB each) when the limit is reached.
     */
    static final long MAX_BYTES = 1536L << 20;

    /** Least limit: a smaller one would be reached by what the server itself writes. */
    static final long MIN_BYTES = 1L << 20;

    /** Default limit. It leaves room to raise it when it is reached, so that what makes room can be set up. */
    static final long DEFAULT_BYTES = 1024L << 20;

    /** The part of the limit by which transactions that delete may go beyond it. */
    private static final long RESERVE_PART = 16;

    /** Somebody has to make room first. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final LongSupplier stateBytes;
    private final long limit;
    private final long reserve;
    private boolean full;

    /**
     * Makes a quota.
     *
     * @param stateBytes what keys, values and leases take now
     * @param limit bytes that they may take, {@link #MIN_BYTES} to {@link #MAX_BYTES}
     */
    StateQuota(LongSupplier stateBytes, long limit, MeterRegistry meters) {
        if (limit < MIN_BYTES || limit > MAX_BYTES) {
            throw new InvalidCommandException("limit", limit, MIN_BYTES + " to " + MAX_BYTES + " bytes");
        }
        this.stateBytes = stateBytes;
        this.limit = limit;
        this.reserve = limit / RESERVE_PART;
        Gauge.builder("roster.store.state.size", stateBytes, LongSupplier::getAsLong).baseUnit("bytes")
                .description("What keys, values and leases take").register(meters);
        Gauge.builder("roster.store.state.limit", () -> limit).baseUnit("bytes")
                .description("What keys, values and leases may take").register(meters);
    }

    /** Says when the state has become full, and when there is a little more room again than that it comes and goes. */
    void look() {
        long size = stateBytes.getAsLong();
        if (!full && size >= limit) {
            full = true;
            LOG.error(
                    "The store is full: it holds {} MiB, {} MiB are allowed. New data is refused, reads and deletions go on",
                    size >> 20, limit >> 20);
        } else if (full && size < limit - reserve) {
            full = false;
            LOG.info("The store has room again: it holds {} MiB. New data is accepted", size >> 20);
        }
    }

    /** Tells whether this command would add data that there is no room for. */
    boolean refuses(Command command) {
        long size = stateBytes.getAsLong();
        return size >= limit && switch (command) {
            case GrantLease _,Restore _,CommitParts _ -> true;
            case RevokeLeases _,ExpireLeases _,Compact _ -> false;
            case Txn txn -> has(txn, StateQuota::puts)
                    && (size >= limit + reserve || !has(txn, DeleteKeys.class::isInstance));
        };
    }

    /** Returns what is told to whoever is refused. */
    StateFullException refusal() {
        return new StateFullException(limit, RETRY);
    }

    private static boolean puts(Operation operation) {
        return operation instanceof PutKey || (operation instanceof UpdateKey update && update.value() != null);
    }

    private static boolean has(Txn txn, Predicate<Operation> wanted) {
        return Stream.concat(txn.then().stream(), txn.otherwise().stream())
                .anyMatch(operation -> operation instanceof Txn inner ? has(inner, wanted) : wanted.test(operation));
    }
}
