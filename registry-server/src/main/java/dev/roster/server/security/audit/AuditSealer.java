package dev.roster.server.security.audit;

import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds entries that wait to the chain, and drops the oldest when there are too many or they are too old. Only the member that
 * leads does so; should two believe that they do, a condition on the head lets one of them through. For one thread.
 */
public final class AuditSealer {

    /** Entries that one transaction adds: each takes two operations. */
    static final int BATCH = 200;

    /** Bytes that one transaction adds, about; a command may have two million. */
    private static final int MAX_BATCH_BYTES = 512 * 1024;

    /** Entries that are put into the order of their revisions: more than come in a second. */
    private static final int SORTED = 2000;

    private static final Logger log = LoggerFactory.getLogger(AuditSealer.class);

    private final Store store;
    private final AuditWriter writer;
    private final AuditPolicy policy;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final Counter sealed;

    /** When nothing waited. */
    private @Nullable Revision empty;

    /**
     * Makes it; nothing happens until {@link #round} is called.
     *
     * @param store the store itself: what this writes has no entry of its own
     * @param leads whether this member leads
     */
    public AuditSealer(Store store, AuditWriter writer, AuditPolicy policy, BooleanSupplier leads, InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.writer = writer;
        this.policy = policy;
        this.leads = leads;
        this.clock = clock;
        this.sealed = Counter.builder("roster.audit.entries")
                .description("Entries that this member has added to the chain of the audit log").register(meters);
    }

    /** Adds what waits. What the store cannot do now is done in the next round. */
    public void round() {
        if (!leads.getAsBoolean()) {
            return;
        }
        try {
            boolean more = true;
            while (more) {
                more = seal(store.view());
            }
            drop(store.view());
        } catch (StoreException e) {
            log.debug("The audit log waits for the store: {}", e.getMessage());
        }
    }

    /** Adds a batch; tells whether there may be more. */
    private boolean seal(ReadView view) {
        Revision before = empty;
        // To find nothing takes long where much has been: what was deleted is kept for a while.
        List<KeyValue> waiting = before != null && view.isUnchanged(AuditKeys.PENDING, before)
                ? List.of()
                : view.read(AuditKeys.PENDING, SORTED).keys();
        if (waiting.isEmpty()) {
            empty = view.revision();
            return false;
        }
        empty = null;
        List<KeyValue> batch = waiting.stream()
                .sorted(Comparator.comparing((KeyValue one) -> one.created().value()).thenComparing(KeyValue::key))
                .limit(BATCH).toList();
        Optional<KeyValue> head = view.find(AuditKeys.HEAD);
        AuditMark mark = head.map(AuditMark::read).orElse(AuditMark.START);
        List<Operation> operations = new ArrayList<>();
        int bytes = 0;
        int added = 0;
        for (KeyValue one : batch) {
            bytes += one.value().size();
            if (added > 0 && bytes > MAX_BATCH_BYTES) {
                break;
            }
            added++;
            AuditLink link = AuditLink.after(mark, one.created().value(), AuditEntry.read(one.value().toBytes()));
            operations.add(new PutKey(AuditKeys.entry(link.number()), link.write()).withoutPrevious());
            operations.add(new DeleteKeys(one.key()));
            mark = link.mark();
        }
        operations.add(new PutKey(AuditKeys.HEAD, mark.write()).withoutPrevious());
        boolean done = Outcome.await(store.commit(new Txn(List.of(unchanged(AuditKeys.HEAD, head)), operations,
                List.of()))).succeeded();
        if (done) {
            sealed.increment(added);
        }
        return done && added < waiting.size();
    }

    /** Drops the oldest entries, and says so by an entry with the hash of the last one that is dropped. */
    private void drop(ReadView view) {
        Optional<KeyValue> head = view.find(AuditKeys.HEAD);
        if (head.isEmpty()) {
            return;
        }
        Optional<KeyValue> anchor = view.find(AuditKeys.ANCHOR);
        AuditMark end = AuditMark.read(head.get());
        long dropped = anchor.map(AuditMark::read).orElse(AuditMark.START).number();
        long last = lastToDrop(view, dropped, end.number());
        if (last <= dropped) {
            return;
        }
        AuditLink newest = AuditLink.read(view.find(AuditKeys.entry(last)).orElseThrow());
        AuditLink note = AuditLink.after(end, view.revision().value(),
                writer.entry(null, "(member)", "", "audit.drop",
                        Map.of("first", Long.toString(dropped + 1), "last", Long.toString(last), "lastHash",
                                newest.hash()),
                        "done", List.of(), null));
        Outcome.await(store.commit(new Txn(
                List.of(unchanged(AuditKeys.HEAD, head), unchanged(AuditKeys.ANCHOR, anchor)),
                List.of(new DeleteKeys(AuditKeys.entries(dropped + 1, last)),
                        new PutKey(AuditKeys.ANCHOR, newest.mark().write()).withoutPrevious(),
                        new PutKey(AuditKeys.entry(note.number()), note.write()).withoutPrevious(),
                        new PutKey(AuditKeys.HEAD, note.mark().write()).withoutPrevious()),
                List.of())));
    }

    /** Returns the last entry that is to go; a tenth more than needed when there are too many, so that it is seldom. */
    private long lastToDrop(ReadView view, long dropped, long end) {
        long kept = end - dropped;
        long last = dropped;
        if (kept > policy.maxEntries()) {
            last = end - policy.maxEntries() + policy.maxEntries() / 10;
        }
        Instant oldest = clock.instant().minus(policy.maxAge());
        long first = dropped + 1;
        long beyond = end;
        // Times only ever run a little out of order, by the clocks of members: close enough to search by halves.
        while (first < beyond) {
            long middle = first + (beyond - first) / 2;
            boolean old = view.find(AuditKeys.entry(middle)).map(AuditLink::read)
                    .filter(link -> link.entry().at().isBefore(oldest)).isPresent();
            if (old) {
                first = middle + 1;
            } else {
                beyond = middle;
            }
        }
        return Math.min(Math.max(last, first - 1), end - 1);
    }

    private static Compare unchanged(Key key, Optional<KeyValue> seen) {
        return seen.map(found -> Compare.modifiedAt(key, found.modified())).orElseGet(() -> Compare.absent(key));
    }
}
