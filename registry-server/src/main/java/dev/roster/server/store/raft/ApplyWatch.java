package dev.roster.server.store.raft;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether what is committed is applied too. A member whose state machine stands still answers with an old state as if it
 * were the last one, and nobody would notice but those who wait for their writes.
 *
 * <p>{@link #isStuck} may be called by any thread, {@link #look} by one.
 */
final class ApplyWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ApplyWatch.class);

    /** Far longer than the largest command takes: a restoration of a million keys is one, of some seconds. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final LongSupplier committed;
    private final LongSupplier applied;
    private final LongSupplier nanoTime;
    private final Supplier<Map<Thread, StackTraceElement[]>> threads;
    private long lastApplied;
    private long movedAt;
    private volatile boolean stuck;

    /**
     * Makes it.
     *
     * @param committed index of the last entry that is committed
     * @param applied index of the last entry that is applied
     * @param threads all threads, with what they are at
     */
    ApplyWatch(LongSupplier committed, LongSupplier applied, LongSupplier nanoTime,
            Supplier<Map<Thread, StackTraceElement[]>> threads, MeterRegistry meters) {
        this.committed = committed;
        this.applied = applied;
        this.nanoTime = nanoTime;
        this.threads = threads;
        this.movedAt = nanoTime.getAsLong();
        Gauge.builder("roster.store.apply.stuck", this, watch -> watch.stuck ? 1 : 0)
                .description("1 while committed entries have not been applied for " + STUCK_AFTER.toSeconds() + " s")
                .register(meters);
    }

    /** Looks again. To be called a few times a second. */
    void look() {
        long now = nanoTime.getAsLong();
        long index = applied.getAsLong();
        if (index != lastApplied || committed.getAsLong() <= index) {
            lastApplied = index;
            movedAt = now;
            if (stuck) {
                stuck = false;
                LOG.info("Entries are applied again, the last one is {}", index);
            }
        } else if (!stuck && now - movedAt >= STUCK_AFTER.toNanos()) {
            stuck = true;
            LOG.error("""
                    Entry {} has not been applied for {} s although it is committed. This member is not ready until it is. \
                    Restart it if that goes on, and report this:{}""", index + 1, STUCK_AFTER.toSeconds(), applying());
        }
    }

    /** Tells whether nothing has been applied for long although there is something to apply. */
    boolean isStuck() {
        return stuck;
    }

    private String applying() {
        return threads.get().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(StoreService.class.getName())))
                .map(thread -> "\n" + thread.getKey().getName() + Arrays.stream(thread.getValue())
                        .map(frame -> "\n    at " + frame).collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}
