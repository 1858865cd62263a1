package dev.roster.server.boot;

import dev.roster.server.config.changeset.ScheduledPublications;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Publishes change sets that are due, a second late at most, on a thread of its own: a publication waits for the store. */
final class PublicationTicker implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("scheduled-publications").factory());

    PublicationTicker(ScheduledPublications publications) {
        var _ = thread.scheduleWithFixedDelay(publications::round, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
