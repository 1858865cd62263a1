package dev.roster.server.boot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, on a thread of its own because it may wait for the store. */
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final String name;
    private final Runnable task;
    private final ScheduledExecutorService executor;

    /**
     * Begins.
     *
     * @param name of the thread
     * @param pause from the end of one time to the begin of the next
     */
    Ticker(String name, Runnable task, Duration pause) {
        this.name = name;
        this.task = task;
        this.executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
        var _ = executor.scheduleWithFixedDelay(this::tick, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            task.run();
        } catch (RuntimeException e) {
            // The edge of the thread: whatever it is, the next time must come.
            log.error("{} has failed and is tried again", name, e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
