package dev.roster.server.store.raft;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the log does, for operators: syncs with their times, batches with their sizes, commands with their waits, snapshots.
 */
final class LogMetrics {

    private final Timer syncs;
    private final DistributionSummary batchCommands;
    private final DistributionSummary batchBytes;
    private final Timer commands;
    private final AtomicLong queued;
    private final AtomicLong logBytes;
    private final AtomicLong applyLag;
    private final Counter handOvers;
    private final Counter refusedHandOvers;
    private final Timer snapshots;
    private final Counter failedSnapshots;
    private final AtomicLong snapshotBytes;

    LogMetrics(MeterRegistry registry) {
        syncs = Timer.builder("roster.store.log.sync").description("Syncs of the log to disk")
                .publishPercentileHistogram().register(registry);
        batchCommands = DistributionSummary.builder("roster.store.batch.commands")
                .description("Commands in a log entry").register(registry);
        batchBytes = DistributionSummary.builder("roster.store.batch.size").baseUnit("bytes")
                .description("Size of a log entry").register(registry);
        commands = Timer.builder("roster.store.command").description("From proposal to applied on this member")
                .publishPercentileHistogram().register(registry);
        queued = registry.gauge("roster.store.queue.commands", new AtomicLong());
        logBytes = new AtomicLong();
        Gauge.builder("roster.store.log.size", logBytes, AtomicLong::get).baseUnit("bytes")
                .description("Size of the log on disk").register(registry);
        applyLag = new AtomicLong();
        Gauge.builder("roster.store.apply.lag", applyLag, AtomicLong::get)
                .description("Entries that are committed and not applied yet").register(registry);
        handOvers = handOvers(registry, "done");
        refusedHandOvers = handOvers(registry, "refused");
        snapshots = Timer.builder("roster.store.snapshot").description("Snapshots that were written")
                .register(registry);
        failedSnapshots = Counter.builder("roster.store.snapshot.failed")
                .description("Snapshots that could not be written").register(registry);
        snapshotBytes = new AtomicLong();
        Gauge.builder("roster.store.snapshot.size", snapshotBytes, AtomicLong::get).baseUnit("bytes")
                .description("Size of the last snapshot").register(registry);
    }

    private static Counter handOvers(MeterRegistry registry, String outcome) {
        return Counter.builder("roster.store.leader.handovers").tag("outcome", outcome)
                .description("Leaders without room on their disk that asked another to lead").register(registry);
    }

    void recordHandOver(boolean done) {
        (done ? handOvers : refusedHandOvers).increment();
    }

    void recordLog(long bytes, long lag) {
        logBytes.set(bytes);
        applyLag.set(Math.max(0, lag));
    }

    void recordSnapshot(long nanos, long bytes) {
        snapshots.record(nanos, java.util.concurrent.TimeUnit.NANOSECONDS);
        snapshotBytes.set(bytes);
    }

    void recordFailedSnapshot() {
        failedSnapshots.increment();
    }

    void recordSync(Runnable sync) {
        syncs.record(sync);
    }

    void recordBatch(int commands, int bytes) {
        batchCommands.record(commands);
        batchBytes.record(bytes);
    }

    void recordCommand(long nanos) {
        commands.record(nanos, java.util.concurrent.TimeUnit.NANOSECONDS);
    }

    void recordQueued(int commands) {
        queued.set(commands);
    }
}
