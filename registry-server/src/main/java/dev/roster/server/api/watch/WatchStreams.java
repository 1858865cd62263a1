package dev.roster.server.api.watch;

import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.Shares;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All streams of this member: how many there may be, one clock for their progress, and their end when the server stops.
 */
@Component
final class WatchStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WatchStreams.class);

    /** When to try again after too many streams; others end now and then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final double NANOS = 1e9;

    private final WatchLimits limits;
    private final EventEncoder encoder;
    private final InstantSource clock;
    private final ScheduledExecutorService ticker;
    private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();
    private final Counter dropped;
    private final Counter coalesced;
    private final Spread spread;
    private final Shares shares;
    private volatile @Nullable ScheduledFuture<?> ticks;
    private volatile boolean stopping;

    WatchStreams(WatchLimits limits, EventEncoder encoder, InstantSource clock, ScheduledExecutorService ticker,
            RandomGenerator random, MeterRegistry meters) {
        this.limits = limits;
        this.encoder = encoder;
        this.clock = clock;
        this.ticker = ticker;
        this.spread = new Spread(limits.maxSpread(), random);
        this.shares = new Shares("streams", limits.maxCallerStreams(), RETRY_AFTER, meters);
        Gauge.builder("roster.watch.streams", streams, Set::size).description("Open watch streams").register(meters);
        this.dropped = Counter.builder("roster.watch.dropped")
                .description("Watch streams that were cut off because their reader did not keep up")
                .register(meters);
        this.coalesced = Counter.builder("roster.watch.coalesced").description(
                "Changes of configuration that were not sent to a reader because a later one came before")
                .register(meters);
        Gauge.builder("roster.watch.spread", this, all -> all.spread.window(all.streams.size()).toNanos() / NANOS)
                .description("Time over which all readers are told of a change of configuration").baseUnit("seconds")
                .register(meters);
    }

    /**
     * Makes a stream. Whoever makes it ends it if it does not come to be connected.
     *
     * @param reader who reads it, as {@link Shares#holder} says
     * @param sight what the reader may see of secrets
     * @throws ProblemException if there are too many, or too many of this reader, or the server stops
     */
    WatchStream open(String reader, Sight sight) {
        // Racing requests may exceed the limit by their number, which the server's threads bound.
        if (streams.size() >= limits.maxStreams()) {
            throw refused("This member has " + limits.maxStreams() + " watches, its limit");
        }
        shares.take(reader);
        WatchStream stream = new WatchStream(reader, sight, limits, encoder, clock.instant().plus(limits.maxLifetime()),
                this);
        streams.add(stream);
        // Looked at after the stream was added: then either this sees the stop, or the stop sees the stream.
        if (stopping) {
            stream.end();
            throw refused("This member is stopping");
        }
        return stream;
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemReport.of(ProblemKind.OVERLOADED, why).withRetryAfter(RETRY_AFTER));
    }

    void remove(WatchStream stream) {
        if (streams.remove(stream)) {
            shares.give(stream.reader());
        }
    }

    /** Returns for how long a stream is to hold a change of configuration. */
    Duration delay() {
        return spread.delay(streams.size());
    }

    /** Lets a stream {@linkplain WatchStream#release send} what it holds after a while. */
    void releaseLater(WatchStream stream, Duration delay) {
        try {
            var _ = ticker.schedule(stream::release, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server stops, and with it the stream", e);
            stream.end();
        }
    }

    void coalesced() {
        coalesced.increment();
    }

    void dropped() {
        dropped.increment();
    }

    /** Lets every stream that has nothing to send say how far it is. */
    void tick() {
        streams.forEach(stream -> stream.tick(clock.instant()));
    }

    @Override
    public void start() {
        stopping = false;
        long millis = limits.progressInterval().toMillis();
        ticks = ticker.scheduleAtFixedRate(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Ends all streams: the web server, which stops after this, would wait for them. */
    @Override
    public void stop() {
        stopping = true;
        ScheduledFuture<?> running = ticks;
        if (running != null) {
            running.cancel(false);
            ticks = null;
        }
        streams.forEach(WatchStream::end);
    }

    @Override
    public boolean isRunning() {
        return ticks != null;
    }
}
