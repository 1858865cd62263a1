package dev.roster.server.config.delivery;

import dev.roster.server.config.ItemKey;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other members what applications have reported to this one. {@link #tick} is to be called about once a second, by
 * one thread; it waits for the store. What could not be told is told by the next call.
 */
public final class SharedReports implements AutoCloseable {

    /** How long what a member has told outlives it. */
    static final Duration TTL = Duration.ofSeconds(10);

    /** Most items of one round, which is one transaction. The others follow in the next. */
    static final int MAX_ITEMS_OF_A_ROUND = 200;

    /** Most items of a round that are looked at because they have a gray release. */
    static final int MAX_WATCHED_OF_A_ROUND = 200;

    /** Most bytes of one round, half of what a command may have; a summary has a hundred kilobytes at worst. */
    private static final int MAX_BYTES_OF_A_ROUND = 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(SharedReports.class);

    private final Store store;
    private final DeliveryReports reports;
    private final String self;
    private final RandomGenerator random;
    private final BooleanSupplier alone;
    private final Counter written;
    private final Map<ItemKey, Value> told = new HashMap<>();
    private LeaseId lease = LeaseId.NONE;

    /**
     * Makes it; nothing is told before the first {@link #tick}.
     *
     * @param self name of this member
     * @param random draws the ids of leases
     * @param alone whether there is no other member to tell
     */
    public SharedReports(Store store, DeliveryReports reports, String self, RandomGenerator random,
            BooleanSupplier alone, MeterRegistry meters) {
        this.store = store;
        this.reports = reports;
        this.self = self;
        this.random = random;
        this.alone = alone;
        this.written = Counter.builder("roster.config.reports.shared")
                .description("Transactions by which this member has told the others of reports").register(meters);
    }

    /** Tells what has changed since the last call. */
    public void tick() {
        if (alone.getAsBoolean()) {
            return;
        }
        try {
            renew();
            tell();
        } catch (StoreException e) {
            log.debug("What applications report is not told to other members now, trying again", e);
        }
    }

    /** Takes back what this member has told. */
    @Override
    public void close() {
        try {
            leave();
        } catch (StoreException e) {
            log.debug("What this member has told goes with its lease", e);
        }
    }

    private void tell() {
        Set<ItemKey> changed = reports.takeChanged(MAX_ITEMS_OF_A_ROUND);
        changed.addAll(reports.watched(MAX_WATCHED_OF_A_ROUND));
        boolean done = false;
        try {
            Map<ItemKey, Value> next = next(changed);
            if (!next.isEmpty()) {
                write(next);
            }
            done = true;
        } finally {
            if (!done) {
                // What was written is not known, perhaps: all is told anew, with another lease. The old one ends by itself.
                reports.markChanged(changed);
                forget();
            }
        }
        if (told.isEmpty()) {
            leave();
        }
    }

    /** Returns what is to be written, {@link Value#EMPTY} for what is to be deleted. */
    private Map<ItemKey, Value> next(Set<ItemKey> changed) {
        Map<ItemKey, Value> next = new HashMap<>();
        int bytes = 0;
        for (Map.Entry<ItemKey, DeliverySummary> entry : reports.summaries(changed).entrySet()) {
            ItemKey item = entry.getKey();
            DeliverySummary summary = entry.getValue();
            Value value = summary.isEmpty() ? Value.EMPTY : SummaryRecord.write(summary.shared());
            if (value.equals(told.getOrDefault(item, Value.EMPTY))) {
                continue;
            }
            if (bytes > 0 && bytes + value.size() > MAX_BYTES_OF_A_ROUND) {
                reports.markChanged(Set.of(item));
                continue;
            }
            bytes += value.size();
            next.put(item, value);
        }
        return next;
    }

    private void write(Map<ItemKey, Value> next) {
        if (lease.isNone()) {
            lease = Outcome.await(store.grant(TTL, random::nextLong)).id();
        }
        List<Operation> operations = new ArrayList<>();
        next.forEach((item, value) -> operations.add(value.equals(Value.EMPTY)
                ? new DeleteKeys(DeliveryKeys.summary(item, self)).withoutPrevious()
                : new PutKey(DeliveryKeys.summary(item, self), value, lease).withoutPrevious()));
        Outcome.await(store.commit(Txn.of(operations.toArray(Operation[]::new))));
        written.increment();
        next.forEach((item, value) -> {
            if (value.equals(Value.EMPTY)) {
                told.remove(item);
            } else {
                told.put(item, value);
            }
        });
    }

    /** Keeps what was told; when that is gone, because the store was away for too long, all is told anew. */
    private void renew() {
        if (!lease.isNone() && !Outcome.await(store.keepAlive(Set.of(lease))).isEmpty()) {
            forget();
        }
    }

    private void forget() {
        lease = LeaseId.NONE;
        reports.markChanged(Set.copyOf(told.keySet()));
        told.clear();
    }

    private void leave() {
        if (!lease.isNone()) {
            LeaseId ended = lease;
            lease = LeaseId.NONE;
            told.clear();
            Outcome.await(store.revoke(new RevokeLeases(List.of(ended))));
        }
    }
}
