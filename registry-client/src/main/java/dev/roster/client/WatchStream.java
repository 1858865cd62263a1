package dev.roster.client;

import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchProgress;
import dev.roster.api.watch.WatchRequest;
import dev.roster.api.watch.WatchSnapshot;
import dev.roster.client.ServerEvents.Event;
import dev.roster.client.Transport.Attempt;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps one stream open for all {@link Subscriptions}. Its thread connects, reads, and connects again: to another address
 * after a failure, at once when the set of what is followed has changed. It asks only for what came after the revision known
 * so far when every target is known at that revision, and for a snapshot otherwise. A stream on which nothing is heard for a
 * while is given up.
 */
final class WatchStream implements Subscriptions.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);

    /** Those who subscribe often do so several times in a row: one stream then serves them all. */
    private static final Duration SETTLE = Duration.ofMillis(10);
    private static final Duration REOPEN_AFTER_REMOVAL = Duration.ofSeconds(1);
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    /** So that within 5 s after the server is back, however long it was away, what has changed is known. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    /** The server says something every 10 s. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final Transport transport;
    private final AddressBook addresses;
    private final RevisionFloor floor;
    private final Supplier<Credentials> credentials;
    private final InstantSource clock;
    private final ScheduledExecutorService scheduler;
    private final Dispatcher dispatcher;
    private final Subscriptions subscriptions;
    private final Acknowledgements acknowledgements;
    private final String subscriber;
    private final Backoff backoff;
    private final Duration silence;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean started;
    private boolean retryNow;
    private volatile boolean closed;
    private volatile long streamVersion;
    private final StreamHealth health;
    private final Runnable onConnection;
    private volatile @Nullable WatchConnection connection;

    /** The member that has told changes last. Of the stream's thread alone. */
    private @Nullable URI lastAddress;

    WatchStream(RosterClientBuilder settings, Transport transport, AddressBook addresses, RevisionFloor floor,
            ScheduledExecutorService scheduler, Dispatcher dispatcher, LastGood lastGood, Runnable onConnection) {
        this.transport = transport;
        this.addresses = addresses;
        this.floor = floor;
        this.credentials = settings.credentials;
        this.clock = settings.clock;
        this.silence = settings.silence;
        this.scheduler = scheduler;
        this.dispatcher = dispatcher;
        this.subscriptions = new Subscriptions(dispatcher, lastGood, settings.configClient, this);
        this.acknowledgements = new Acknowledgements(transport, credentials, scheduler);
        this.subscriber = settings.subscriber;
        this.backoff = new Backoff(settings.firstWatchPause, settings.longestWatchPause, settings.random);
        this.health = new StreamHealth(clock);
        this.onConnection = onConnection;
        this.thread = new Thread(this::run, "roster-watch");
        this.thread.setDaemon(true);
        addresses.onRecovery(this::retryNow);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    WatchStatus status() {
        return health.status(subscriptions.revision());
    }

    @Override
    public void grown() {
        if (!change(SETTLE)) {
            throw new IllegalStateException("the client is closed");
        }
    }

    @Override
    public void shrunk() {
        change(REOPEN_AFTER_REMOVAL);
    }

    /** Returns false if that is too late, because the client is closed. */
    private boolean change(Duration delay) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (!started) {
                started = true;
                thread.start();
            }
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            Future<?> unused = scheduler.schedule(this::reopenIfOutdated, delay.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        hangUp();
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                awaitTargets();
                followOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("Closed");
        }
    }

    // The edge of the thread: an answer that nobody foresaw must not end the following for good.
    private void followOnce() throws InterruptedException {
        try {
            Optional<Subscriptions.Wanted> wanted = subscriptions.wanted();
            if (wanted.isPresent()) {
                streamVersion = wanted.get().version();
                follow(wanted.get().request());
            }
        } catch (RuntimeException e) {
            if (closed) {
                return;
            }
            LOG.error("The stream of changes failed and is begun anew", e);
            subscriptions.forgetRevision();
            pause();
        }
    }

    private void awaitTargets() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && subscriptions.wanted().isEmpty()) {
                health.idle();
                wake.await();
            }
            retryNow = false;
            long left = streamVersion == subscriptions.version() ? 0 : SETTLE.toNanos();
            while (!closed && left > 0) {
                left = wake.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void follow(WatchRequest request) throws InterruptedException {
        URI address = addresses.choose(Set.of());
        long atLeast = floor.revision();
        Transport.Opened opened;
        try {
            opened = transport.open(address, Call.watch(named(request)), credentials);
        } catch (RosterException e) {
            health.disconnected(e);
            pause();
            return;
        }
        Attempt attempt = opened.attempt();
        if (attempt instanceof Attempt.Answered) {
            acknowledgements.begin(address, opened.watch());
            read(new WatchConnection(address, opened.events(), clock, silence, scheduler), atLeast);
        } else if (attempt instanceof Attempt.Refused refused) {
            refused(address, new RosterRejectedException(refused.problem()));
        } else if (attempt instanceof Attempt.Failed failed) {
            failed(address, failed);
        }
    }

    private WatchRequest named(WatchRequest request) {
        return new WatchRequest(request.services(), request.configs(), request.since(), request.client(), subscriber);
    }

    private void read(WatchConnection stream, long atLeast) throws InterruptedException {
        connection = stream;
        boolean told = false;
        try (stream) {
            reopenIfOutdated();
            for (Optional<Event> event = stream.next(); event.isPresent(); event = stream.next()) {
                if (!told) {
                    if (revisionOf(event.get()) < atLeast) {
                        stream.hangUp();
                        broken(stream, "the member is behind revision " + atLeast, true, true);
                        return;
                    }
                    told = true;
                    connected(stream.address());
                }
                apply(event.get());
                dispatcher.awaitRoom();
            }
            ended(stream, told);
        } catch (IOException e) {
            broken(stream, String.valueOf(e.getMessage()), stream.wasSilent() || !told, false);
        } catch (JacksonException e) {
            subscriptions.forgetRevision();
            broken(stream, "an event cannot be read: " + e.getOriginalMessage(), false, false);
        } finally {
            connection = null;
        }
    }

    /** A member ends a stream now and then, to see the credentials anew or to stop: that alone is no outage. */
    private void ended(WatchConnection stream, boolean told) throws InterruptedException {
        if (!told) {
            broken(stream, "the member ended it", true, false);
        } else if (!isOutdated()) {
            LOG.debug("{} ended the stream of changes", stream.address().getAuthority());
            pause();
        }
    }

    private void broken(WatchConnection stream, String why, boolean addressAtFault, boolean behind)
            throws InterruptedException {
        if (behind || !isOutdated()) {
            failed(stream.address(), new Attempt.Failed(
                    stream.address().getAuthority() + ": stream of changes: " + why, false, addressAtFault, behind,
                    null,
                    null));
        }
    }

    /** Tells whether the stream was hung up on purpose. */
    private boolean isOutdated() {
        return closed || streamVersion != subscriptions.version();
    }

    private static long revisionOf(Event event) {
        return event.type().equals("snapshot")
                ? Json.read(event.data(), WatchProgress.class).revision()
                : Long.MAX_VALUE;
    }

    private void apply(Event event) {
        switch (event.type()) {
            case "snapshot" -> {
                WatchSnapshot snapshot = Json.read(event.data(), WatchSnapshot.class);
                subscriptions.apply(snapshot);
                floor.observe(snapshot.revision());
                if (!snapshot.services().isEmpty()) {
                    acknowledgeAfterListeners(snapshot.revision());
                }
            }
            case "change" -> {
                WatchChange change = Json.read(event.data(), WatchChange.class);
                if (change.revision() > subscriptions.revision()) {
                    subscriptions.apply(change);
                    floor.observe(change.revision());
                }
                // Whoever waits for acknowledgements waits for services: of configuration alone they would be a herd.
                if (!change.services().isEmpty() || !change.instances().isEmpty()) {
                    acknowledgeAfterListeners(change.revision());
                }
            }
            case "progress" -> {
                long revision = Json.read(event.data(), WatchProgress.class).revision();
                if (revision > subscriptions.revision()) {
                    subscriptions.progress(revision);
                    floor.observe(revision);
                }
                acknowledgements.tellWhatIsTaken();
            }
            default -> LOG.debug("Passed over an event of type {}", event.type());
        }
    }

    /** The listeners of what was applied wait to be called: the program acts by it when they have been. */
    private void acknowledgeAfterListeners(long revision) {
        dispatcher.dispatch(acknowledgements.taking(revision));
    }

    private void connected(URI address) {
        backoff.reset();
        addresses.succeeded(address);
        floor.notBehind(address);
        if (!address.equals(lastAddress)) {
            lastAddress = address;
            onConnection.run();
        }
        health.connected(address, subscriptions.revision());
    }

    private void refused(URI address, RosterRejectedException reason) throws InterruptedException {
        addresses.succeeded(address);
        floor.notBehind(address);
        if (reason.is("revision-compacted")) {
            LOG.info("The changes since revision {} are no longer kept: comparing with a snapshot",
                    subscriptions.revision());
            subscriptions.forgetRevision();
            return;
        }
        health.disconnected(reason);
        subscriptions.rejected(reason);
        pause();
    }

    private void failed(URI address, Attempt.Failed reason) throws InterruptedException {
        if (!reason.behind()) {
            floor.notBehind(address);
        } else if (floor.behind(address)) {
            subscriptions.forgetRevision();
        }
        if (reason.addressAtFault()) {
            addresses.failed(address);
        }
        health.disconnected(new RosterUnavailableException(reason.reason(), reason.cause()));
        if (!reason.addressAtFault() || !addresses.hasFresh(Set.of())) {
            pause();
        }
    }

    private void pause() throws InterruptedException {
        long left = backoff.next().toNanos();
        lock.lock();
        try {
            while (!closed && !retryNow && left > 0) {
                left = wake.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    // A heartbeat, say, has got through: the server is back.
    private void retryNow() {
        lock.lock();
        try {
            retryNow = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void reopenIfOutdated() {
        if (isOutdated()) {
            hangUp();
        }
    }

    private void hangUp() {
        WatchConnection stream = connection;
        if (stream != null) {
            stream.hangUp();
        }
    }
}
