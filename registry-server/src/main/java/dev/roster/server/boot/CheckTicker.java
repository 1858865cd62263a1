package dev.roster.server.boot;

import dev.roster.server.registry.check.CheckKeeper;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has checks judged once a second. Judging waits for the store, so it has a thread of its own. */
final class CheckTicker implements AutoCloseable {
    private final ScheduledExecutorService ticker = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("check-ticker").factory());

    CheckTicker(CheckKeeper keeper) {
        var _ = ticker.scheduleWithFixedDelay(keeper::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
