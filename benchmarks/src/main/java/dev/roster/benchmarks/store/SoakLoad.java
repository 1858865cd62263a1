package dev.roster.benchmarks.store;

import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write without end, each waiting for its answer: puts (70 %), transactions that put one key if another is there
 * and delete a third otherwise (15 %), deletions (10 %), and leases that are granted with a key, or revoked (5 %).
 */
final class SoakLoad implements AutoCloseable {

    private static final int PUTS = 70;
    private static final int TRANSACTIONS = 15;
    private static final int DELETIONS = 10;
    private static final int PERCENT = 100;
    private static final int VALUE_BYTES = 200;
    private static final Duration TTL = Duration.ofHours(1);

    /** Leases that a client holds at most. */
    private static final int HELD = 100;

    private final Store store;
    private final int keys;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong leases = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private SoakLoad(Store store, int keys) {
        this.store = store;
        this.keys = keys;
    }

    static SoakLoad start(Store store, int keys, int clients) {
        SoakLoad load = new SoakLoad(store, keys);
        for (int i = 0; i < clients; i++) {
            load.threads.add(Thread.ofVirtual().start(load::run));
        }
        return load;
    }

    private void run() {
        Deque<LeaseId> held = new ArrayDeque<>();
        while (!closed) {
            long began = System.nanoTime();
            try {
                next(held).join();
                writes.incrementAndGet();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof StoreException)) {
                    throw e;
                }
                failures.incrementAndGet();
            }
            longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
        }
    }

    private CompletableFuture<?> next(Deque<LeaseId> held) {
        int kind = ThreadLocalRandom.current().nextInt(PERCENT);
        if (kind < PUTS) {
            return store.commit(Txn.of(put(LeaseId.NONE)));
        }
        if (kind < PUTS + TRANSACTIONS) {
            return store.commit(
                    new Txn(List.of(Compare.exists(key())), List.of(put(LeaseId.NONE)),
                            List.of(new DeleteKeys(key()))));
        }
        if (kind < PUTS + TRANSACTIONS + DELETIONS) {
            return store.commit(Txn.of(new DeleteKeys(key())));
        }
        if (held.size() == HELD || (!held.isEmpty() && ThreadLocalRandom.current().nextBoolean())) {
            return store.revoke(new RevokeLeases(List.of(held.remove())));
        }
        LeaseId lease = new LeaseId(leases.incrementAndGet());
        held.add(lease);
        var granted = store.grant(new GrantLease(lease, TTL));
        return CompletableFuture.allOf(granted, store.commit(Txn.of(put(lease))));
    }

    private PutKey put(LeaseId lease) {
        byte[] value = new byte[VALUE_BYTES];
        ThreadLocalRandom.current().nextBytes(value);
        return new PutKey(key(), Value.of(value), lease);
    }

    private Key key() {
        return Key.of(WriteLoad.key(ThreadLocalRandom.current().nextInt(keys)));
    }

    /** Returns the writes since this was asked last. */
    long takeWrites() {
        return writes.getAndSet(0);
    }

    /** Returns the longest of the writes that ended since this was asked last. */
    double takeLongestMillis() {
        return longestNanos.getAndSet(0) / 1e6;
    }

    /** Returns how many writes have failed. */
    long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
