package dev.roster.client;

import dev.roster.client.ServerEvents.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream of events. It hangs up by itself when it has waited for a line for too long; the time that events take to
 * be taken in does not count. Read by one thread; any thread may hang up.
 */
final class WatchConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchConnection.class);
    private static final int CHECKS_PER_SILENCE = 4;

    private final URI address;
    private final ServerEvents events;
    private final InstantSource clock;
    private final Duration silence;
    private final ScheduledFuture<?> watchdog;
    private volatile @Nullable Instant waitingSince;
    private volatile boolean silent;

    WatchConnection(URI address, InputStream in, InstantSource clock, Duration silence,
            ScheduledExecutorService scheduler) {
        this.address = address;
        this.events = new ServerEvents(in, this::heard);
        this.clock = clock;
        this.silence = silence;
        long period = silence.toMillis() / CHECKS_PER_SILENCE;
        this.watchdog = scheduler.scheduleWithFixedDelay(this::hangUpIfSilent, period, period, TimeUnit.MILLISECONDS);
    }

    URI address() {
        return address;
    }

    /** Returns the next event, empty when the other side has ended the stream. */
    Optional<Event> next() throws IOException {
        heard();
        try {
            return events.next();
        } catch (IOException e) {
            throw silent ? new IOException("nothing heard for " + silence.toSeconds() + " s", e) : e;
        } finally {
            waitingSince = null;
        }
    }

    /** Tells whether the stream was given up because nothing was heard. */
    boolean wasSilent() {
        return silent;
    }

    /** Ends the stream: {@link #next} fails, or returns nothing, soon. */
    void hangUp() {
        try {
            events.close();
        } catch (IOException e) {
            LOG.debug("Hanging up failed", e);
        }
    }

    @Override
    public void close() {
        watchdog.cancel(false);
        hangUp();
    }

    private void heard() {
        waitingSince = clock.instant();
    }

    private void hangUpIfSilent() {
        Instant waiting = waitingSince;
        if (waiting != null && Duration.between(waiting, clock.instant()).compareTo(silence) >= 0) {
            silent = true;
            hangUp();
        }
    }
}
