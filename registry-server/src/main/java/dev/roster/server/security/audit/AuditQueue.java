package dev.roster.server.security.audit;

import dev.roster.server.security.AuditChange;
import dev.roster.server.security.AuditSink;
import dev.roster.server.security.Caller;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries that no change carries: what was refused or failed, log-ins that were refused, and what is not done by the
 * store. They are stored in batches; a member that is killed loses those of the last moment, of which the logger has a line.
 *
 * <p>Strangers can make such entries at will, so there are bounds: of log-ins that were refused {@link #MAX_LOGINS} a minute
 * are kept, and {@link #MAX_WAITING} entries wait. An entry says how many were left out.
 */
public final class AuditQueue implements AuditSink {

    /** Log-ins that were refused and are kept, in a minute and by a member: so they cannot drive everything else out. */
    static final int MAX_LOGINS = 60;

    /** Most entries that wait to be stored: about a megabyte. */
    static final int MAX_WAITING = 1000;

    private static final int BATCH = 200;

    /** Changes that the entries of a batch tell, about: each has 2 KiB at most, a command two million bytes. */
    private static final int MAX_CHANGES = 500;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(AuditQueue.class);

    private final AuditWriter writer;
    private final InstantSource clock;
    private final Counter leftOut;
    private final Deque<AuditEntry> waiting = new ArrayDeque<>();
    private Instant windowEnd = Instant.MIN;
    private int logins;
    private long omitted;

    /** Makes it; nothing is stored until {@link #flush} is called. */
    public AuditQueue(AuditWriter writer, InstantSource clock, MeterRegistry meters) {
        this.writer = writer;
        this.clock = clock;
        this.leftOut = Counter.builder("roster.audit.omitted")
                .description("Entries of the audit log that this member has left out because there were too many")
                .register(meters);
    }

    @Override
    public void add(@Nullable Caller caller, @Nullable String claimed, String address, String action,
            Map<String, String> target, String outcome, List<AuditChange> changes, @Nullable String requestId) {
        AuditEntry entry = writer.entry(caller, claimed, address, action, target, outcome, changes, requestId);
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING || (caller == null && isTooOften())) {
                omitted++;
                leftOut.increment();
            } else {
                waiting.addLast(entry);
            }
        }
    }

    private boolean isTooOften() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            logins = 0;
        }
        return ++logins > MAX_LOGINS;
    }

    /** Stores what waits, as much as one transaction takes. What the store cannot take now waits on. */
    public void flush(Store store) {
        List<AuditEntry> batch = take();
        if (batch.isEmpty()) {
            return;
        }
        try {
            List<Operation> puts = new ArrayList<>();
            batch.forEach(entry -> puts.add(writer.put(entry).withoutPrevious()));
            Outcome.await(store.commit(new Txn(List.of(), puts, List.of())));
        } catch (StoreException e) {
            log.debug("The audit log waits for the store: {}", e.getMessage());
            synchronized (waiting) {
                batch.reversed().forEach(waiting::addFirst);
            }
        }
    }

    private List<AuditEntry> take() {
        List<AuditEntry> batch = new ArrayList<>();
        synchronized (waiting) {
            int changes = 0;
            while (batch.size() < BATCH && changes < MAX_CHANGES && !waiting.isEmpty()) {
                AuditEntry entry = waiting.removeFirst();
                changes += entry.changes().size();
                batch.add(entry);
            }
            if (omitted > 0) {
                batch.add(writer.entry(null, "(member)", "", "audit.omit", Map.of("entries", Long.toString(omitted)),
                        "done", List.of(), null));
                omitted = 0;
            }
        }
        return batch;
    }
}
