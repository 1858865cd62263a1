package dev.roster.client;

import dev.roster.api.config.DeliveryReportRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server which configuration this program has fetched, which it runs with, and what did not fit. What is to be told
 * is asked for when a report is due, so however often something {@linkplain #changed() changes}, it is told once, and nothing
 * waits. A report is due within a second of a change (at random, so that thousands of programs do not report at once), when
 * health has changed, which is looked at every ten seconds, when the stream of changes comes from another member, and every
 * minute. While the server is away the next one is tried
 * at the next of these times. May be used by any thread; no method waits.
 */
public final class ConfigReporter implements AutoCloseable {

    /** Most time from a change to its report. */
    static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    /** How often the program's health is looked at. */
    static final Duration LOOK = Duration.ofSeconds(10);

    /** How often a report is repeated: the server forgets those that are three minutes old. */
    static final Duration REPEAT = Duration.ofMinutes(1);

    private static final Duration SHORTEST_DELAY = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReporter.class);

    private final Session session;
    private final String name;
    private final Source source;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ScheduledExecutorService scheduler;
    private final Consumer<ConfigReporter> onClose;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** By namespace, what was told last and when. Guarded by this, as is {@link #failing}. */
    private final Map<String, Told> told = new HashMap<>();
    private boolean failing;
    private volatile @Nullable Future<?> task;
    private volatile boolean moved;
    private volatile boolean closed;

    /** Says what is to be reported. Asked by one thread at a time; may block for some seconds. */
    @FunctionalInterface
    public interface Source {

        /** Returns what is to be reported of each namespace, by its name. Of more than 100 items the server takes none. */
        Map<String, DeliveryReportRequest> reports();
    }

    private record Told(DeliveryReportRequest report, Instant at) {}

    ConfigReporter(Session session, String name, Source source, InstantSource clock, RandomGenerator random,
            ScheduledExecutorService scheduler, Consumer<ConfigReporter> onClose) {
        this.session = session;
        this.name = name;
        this.source = source;
        this.clock = clock;
        this.random = random;
        this.scheduler = scheduler;
        this.onClose = onClose;
    }

    void start() {
        task = scheduler.scheduleWithFixedDelay(this::report, Backoff.shorten(LOOK, 1, random).toMillis(),
                LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says that something else is to be reported than before. */
    public void changed() {
        if (closed || !waiting.compareAndSet(false, true)) {
            return;
        }
        Duration delay = SHORTEST_DELAY
                .plus(Backoff.shorten(LONGEST_DELAY.minus(SHORTEST_DELAY), 1, random));
        try {
            Future<?> unused = scheduler.schedule(this::report, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: no more reports on configuration");
        }
    }

    /** Reports everything anew soon: another member of the server may know nothing of it. */
    void moved() {
        moved = true;
        changed();
    }

    /** Reports no longer. The server forgets this program within minutes. */
    @Override
    public void close() {
        closed = true;
        Future<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
        onClose.accept(this);
    }

    // The edge of the thread: health and listeners of the program may throw anything, and the schedule must go on.
    private synchronized void report() {
        waiting.set(false);
        if (closed) {
            return;
        }
        if (moved) {
            moved = false;
            told.clear();
        }
        try {
            source.reports().forEach(this::tell);
        } catch (RuntimeException e) {
            LOG.debug("What becomes of configuration cannot be told", e);
        }
    }

    private void tell(String namespace, DeliveryReportRequest report) {
        Told before = told.get(namespace);
        Instant now = clock.instant();
        if (before != null && before.report.equals(report) && now.isBefore(before.at.plus(REPEAT))) {
            return;
        }
        try {
            send(namespace, report);
            told.put(namespace, new Told(report, now));
            failing = false;
        } catch (RosterRejectedException e) {
            // The same report would be refused again.
            told.put(namespace, new Told(report, now));
            failed(e);
        } catch (RosterException e) {
            failed(e);
        }
    }

    private void send(String namespace, DeliveryReportRequest report) {
        Call.Path path = new Call.Path("/namespaces").segment("namespace", namespace).literal("/config-reports")
                .segment("client", name);
        session.retryingFor(Duration.ZERO).tell(Call.idempotent("PUT", path, report));
    }

    private void failed(RosterException e) {
        if (!failing && !closed) {
            LOG.info("What becomes of configuration is not reported: {}", e.getMessage());
        }
        failing = true;
    }
}
