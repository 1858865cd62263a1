package dev.roster.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Proposes transactions of any size up to that of {@link CommitParts}, for callers that may wait. One that fits a command is
 * proposed as it is. Of a larger one the parts are put first, attached to a lease, so that they go by themselves if whoever puts
 * them dies; then one small command carries them out.
 *
 * <p>May be used by any thread.
 */
public final class LargeTxn {

    /** How long parts are kept at most. Putting them takes seconds. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Bytes of one part, unless a single value is larger: a log entry of the usual size. */
    private static final int PART_BYTES = 256 * 1024;

    /** A transaction of less is proposed as it is: a command may have 2.3 million bytes. */
    private static final int WHOLE_BYTES = 1800 * 1024;

    /** What an operation or a compare takes beside keys and values, at most. */
    private static final int OVERHEAD_BYTES = 32;

    private final Store store;
    private final LongSupplier random;
    private final String area;

    /** Told how far the putting of parts has come. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called after each part.
         *
         * @param done parts that are put
         * @param total parts in all
         */
        void put(int done, int total);
    }

    /**
     * Proposes to a store.
     *
     * @param random names leases, as in {@link Store#grant(Duration, LongSupplier)}
     * @param area begins the keys of parts; nobody else's keys begin with it
     */
    public LargeTxn(Store store, LongSupplier random, String area) {
        this.store = store;
        this.random = random;
        this.area = area;
    }

    /**
     * Commits a transaction that does nothing when its compares do not hold.
     *
     * @param compares each of one key with a number
     * @param operations puts without leases, and deletions of ranges that end
     * @param listener told of parts, if there are any
     * @return whether the compares held, and the revision; no results of operations
     * @throws InvalidCommandException if it is larger than {@link CommitParts} takes
     * @throws StoreException for the reasons of any write
     */
    public TxnResult commit(List<Compare> compares, List<Operation> operations, Listener listener) {
        long bytes = weigh(compares, operations);
        if (compares.size() <= Txn.MAX_OPERATIONS && operations.size() <= Txn.MAX_OPERATIONS && bytes <= WHOLE_BYTES) {
            return Outcome.await(store.commit(new Txn(compares, operations, List.of())));
        }
        List<Value> parts = parts(compares, operations);
        LeaseId lease = Outcome.await(store.grant(PATIENCE, random)).id();
        try {
            String prefix = "%s%016x/".formatted(area, lease.value());
            for (int i = 0; i < parts.size(); i++) {
                PutKey part = new PutKey(Key.of("%s%04d".formatted(prefix, i)), parts.get(i), lease);
                Outcome.await(store.commit(Txn.of(part.withoutPrevious())));
                listener.put(i + 1, parts.size());
            }
            return Outcome.await(store.commit(new CommitParts(Key.of(prefix), parts.size())));
        } finally {
            end(lease);
        }
    }

    private void end(LeaseId lease) {
        try {
            Outcome.await(store.revoke(new RevokeLeases(List.of(lease))));
        } catch (StoreException e) {
            // It ends by itself, with what is left of the parts; the failure that led here is the one to tell.
        }
    }

    private static long weigh(List<Compare> compares, List<Operation> operations) {
        long bytes = 0;
        for (Compare compare : compares) {
            bytes += OVERHEAD_BYTES + 2L * compare.range().from().size();
        }
        for (Operation operation : operations) {
            bytes += weigh(operation);
        }
        if (bytes > CommitParts.MAX_BYTES || operations.size() > CommitParts.MAX_OPERATIONS
                || compares.size() > CommitParts.MAX_OPERATIONS) {
            throw new InvalidCommandException("transaction",
                    bytes + " bytes, " + operations.size() + " operations, " + compares.size() + " compares",
                    "at most " + CommitParts.MAX_BYTES + " bytes and " + CommitParts.MAX_OPERATIONS + " of either");
        }
        return bytes;
    }

    private static int weigh(Operation operation) {
        return OVERHEAD_BYTES + switch (operation) {
            case PutKey put -> put.key().size() + put.value().size();
            case DeleteKeys delete -> 2 * delete.range().from().size() + OVERHEAD_BYTES;
            case UpdateKey _,ReadKeys _,QueryKeys _,Txn _ -> throw new InvalidCommandException("operation", operation,
                    "a key to put or a range to delete");
        };
    }

    private static List<Value> parts(List<Compare> compares, List<Operation> operations) {
        List<Value> parts = new ArrayList<>();
        for (int from = 0; from < compares.size(); from += Txn.MAX_OPERATIONS) {
            int to = Math.min(compares.size(), from + Txn.MAX_OPERATIONS);
            parts.add(new TxnPart(Txn.when(compares.subList(from, to))).toValue());
        }
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < operations.size(); i++) {
            int next = weigh(operations.get(i));
            if (i > from && (bytes + next > PART_BYTES || i - from == Txn.MAX_OPERATIONS)) {
                parts.add(new TxnPart(new Txn(List.of(), operations.subList(from, i), List.of())).toValue());
                from = i;
                bytes = 0;
            }
            bytes += next;
        }
        parts.add(new TxnPart(new Txn(List.of(), operations.subList(from, operations.size()), List.of())).toValue());
        return parts;
    }
}
