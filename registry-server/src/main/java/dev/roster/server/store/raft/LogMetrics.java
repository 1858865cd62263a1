package dev.roster.server.store.raft;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/** What the log does, for operators: syncs with their times, batches with their sizes, commands with their waits. */
final class LogMetrics {

    private final Timer syncs;
    private final DistributionSummary batchCommands;
    private final DistributionSummary batchBytes;
    private final Timer commands;
    private final AtomicLong queued;

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
