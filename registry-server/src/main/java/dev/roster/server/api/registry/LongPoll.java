package dev.roster.server.api.registry;

import dev.roster.server.feed.Change;
import dev.roster.server.feed.ChangeFeed;
import dev.roster.server.feed.ChangeListener;
import dev.roster.server.feed.Interest;
import dev.roster.server.feed.Subscription;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.security.Caller;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets requests wait until a service changes, each on its own virtual thread. */
@Component
final class LongPoll {

    /** Longest wait: below the 30 s after which many a proxy, and the server itself, takes a connection to be idle. */
    static final Duration MAX_WAIT = Duration.ofSeconds(25);

    /** Most requests that wait: each holds a thread, a connection and a watch. Whoever follows much has one stream instead. */
    static final int MAX_WAITING = 2000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ChangeFeed feed;
    private final Semaphore places = new Semaphore(MAX_WAITING);

    LongPoll(ChangeFeed feed) {
        this.feed = feed;
    }

    /** Reads for how long a request is ready to wait, zero if it does not say. */
    static Duration read(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            Duration wait = Duration.parse(text);
            if (!wait.isNegative() && wait.compareTo(MAX_WAIT) <= 0) {
                return wait;
            }
        } catch (DateTimeParseException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    /**
     * Waits until a service changes, or the time is over.
     *
     * @param after the revision that the caller has seen
     */
    void await(Caller caller, ServiceKey service, long after, Duration wait) {
        if (!places.tryAcquire()) {
            throw new ProblemException(ProblemReport
                    .of(ProblemKind.OVERLOADED, "As many requests wait for changes as this member lets wait: "
                            + MAX_WAITING)
                    .withRetryAfter(RETRY_AFTER));
        }
        CountDownLatch changed = new CountDownLatch(1);
        try (Subscription _ = feed.follow(caller, new Interest(List.of(service), List.of()), after,
                new Signal(changed))) {
            boolean _ = changed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private static ProblemException refused(String text) {
        return ProblemException.invalidArgument("wait", text, "PT0S to PT25S, as an ISO 8601 duration");
    }

    private record Signal(CountDownLatch changed) implements ChangeListener {
        @Override
        public void onChange(Change change) {
            changed.countDown();
        }

        @Override
        public void onProgress(long revision) {
            // The service is as it was.
        }

        @Override
        public void onCompacted(long oldestRevision) {
            // Who looks again sees what there is.
            changed.countDown();
        }
    }
}
