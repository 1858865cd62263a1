package dev.roster.server.subscriber;

import dev.roster.server.registry.ServiceKey;
import dev.roster.server.security.Caller;
import dev.roster.server.store.Revision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The streams of this member: which services each follows, and how far its reader has acknowledged. A reader that gave itself
 * a name acknowledges; a newer stream of the same name and caller takes the place of an older one. May be used by any thread;
 * nothing here waits but for a lock that is held for microseconds.
 *
 * <p>A stream that acknowledges is remembered for {@link #MEMORY} after its end: its reader is then about to come back, and has
 * seen nothing of what happens in between.
 */
public final class Subscribers {

    /** How long a stream that has ended is remembered: longer than a reader usually takes to come back. */
    public static final Duration MEMORY = Duration.ofSeconds(5);

    /** Most services that all streams together follow, each counted as often as it is followed: some 200 MB. */
    public static final int MAX_FOLLOWED = 1_000_000;

    /** Most streams that are remembered after their end; beyond them the one that ended first is forgotten. */
    static final int MAX_REMEMBERED = 10_000;

    private final String member;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Counter acknowledgements;
    private final Map<WatchId, Connection> connections = new ConcurrentHashMap<>();
    private final Map<ServiceKey, Set<Connection>> followers = new ConcurrentHashMap<>();

    /** Who has a name now; and who is remembered, in the order in which they ended. Guarded by this, as is the number. */
    private final Map<Reader, Connection> named = new HashMap<>();
    private final Queue<Connection> ended = new ArrayDeque<>();
    private int followed;

    /**
     * Makes it, with no streams.
     *
     * @param member id of this member
     * @param clock tells for how long streams are remembered
     * @param random draws the ids of streams, which must not be guessed
     */
    public Subscribers(String member, InstantSource clock, RandomGenerator random, MeterRegistry meters) {
        this.member = member;
        this.clock = clock;
        this.random = random;
        this.acknowledgements = Counter.builder("roster.watch.acknowledgements")
                .description("Acknowledgements of readers of this member's streams").register(meters);
        Gauge.builder("roster.watch.subscribers", this, Subscribers::acknowledging)
                .description("Streams of this member whose readers acknowledge").register(meters);
    }

    /** A reader's name, which is its own among those of the same caller. */
    private record Reader(String caller, SubscriberName name) {}

    /** A stream that is noted; to be closed when it ends. */
    public final class Connection implements AutoCloseable {
        private final WatchId id;
        private final @Nullable Reader reader;
        private final String caller;
        private final String address;
        private final Instant since;
        private final Set<ServiceKey> services;
        private final AtomicLong acknowledged;
        private volatile @Nullable Instant endedAt;

        private Connection(WatchId id, @Nullable Reader reader, Caller caller, Instant since, Set<ServiceKey> services,
                long acknowledged) {
            this.id = id;
            this.reader = reader;
            this.caller = caller.name();
            this.address = caller.address();
            this.since = since;
            this.services = services;
            this.acknowledged = new AtomicLong(acknowledged);
        }

        /** Returns its id. */
        public WatchId id() {
            return id;
        }

        /** Notes its end. The second time does nothing. */
        @Override
        public void close() {
            disconnect(this);
        }

        private Subscriber show() {
            return new Subscriber(id, reader == null ? null : reader.name(), caller, address, since, endedAt == null,
                    acknowledged.get());
        }
    }

    /**
     * Notes a stream. To be done before its first event is made, so that nobody follows a service unnoticed.
     *
     * @param name what its reader calls itself, null if it does not acknowledge
     * @param acknowledged the revision that its reader says to have seen already, 0 for none
     * @throws TooManyFollowedException if all streams would follow more than {@link #MAX_FOLLOWED} services
     */
    public synchronized Connection connect(Caller caller, @Nullable SubscriberName name,
            Collection<ServiceKey> services,
            long acknowledged) {
        forgetOld();
        if (followed + services.size() > MAX_FOLLOWED) {
            throw new TooManyFollowedException();
        }
        Reader reader = name == null ? null : new Reader(caller.name(), name);
        Connection connection = new Connection(new WatchId(random.nextLong(), member), reader, caller, clock.instant(),
                Set.copyOf(services), acknowledged);
        followed += connection.services.size();
        connection.services.forEach(service -> followers.compute(service, (_, present) -> {
            Set<Connection> all = present == null ? ConcurrentHashMap.newKeySet(1) : present;
            all.add(connection);
            return all;
        }));
        connections.put(connection.id, connection);
        if (reader != null) {
            Connection before = named.put(reader, connection);
            if (before != null) {
                drop(before);
            }
        }
        return connection;
    }

    private synchronized void disconnect(Connection connection) {
        if (connections.remove(connection.id) == null) {
            return;
        }
        if (connection.reader == null || named.get(connection.reader) != connection) {
            drop(connection);
            return;
        }
        connection.endedAt = clock.instant();
        ended.add(connection);
        forgetOld();
        if (ended.size() > MAX_REMEMBERED) {
            forget(ended.remove());
        }
    }

    /**
     * Notes that a reader has taken in everything up to a revision; one that is lower than before changes nothing.
     *
     * @param caller name of the caller who says so
     * @return false if there is no such stream of that caller (any more)
     */
    boolean acknowledge(String caller, WatchId id, Revision revision) {
        Connection connection = connections.get(id);
        if (connection == null || !connection.caller.equals(caller)) {
            return false;
        }
        acknowledgements.increment();
        connection.acknowledged.accumulateAndGet(revision.value(), Math::max);
        return true;
    }

    /** Returns the streams that follow a service, in no order. */
    List<Subscriber> of(ServiceKey service) {
        synchronized (this) {
            forgetOld();
        }
        return followers.getOrDefault(service, Set.of()).stream().map(Connection::show).toList();
    }

    private long acknowledging() {
        return connections.values().stream().filter(connection -> connection.reader != null).count();
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(MEMORY);
        for (Connection next = ended.peek(); next != null && isBefore(next.endedAt, oldest); next = ended.peek()) {
            forget(ended.remove());
        }
    }

    private static boolean isBefore(@Nullable Instant at, Instant oldest) {
        return at != null && at.isBefore(oldest);
    }

    /** Forgets one that was remembered. */
    private void forget(Connection connection) {
        if (connection.reader != null && named.remove(connection.reader, connection)) {
            drop(connection);
        }
    }

    /** Takes a stream out of the index, once. */
    private void drop(Connection connection) {
        for (ServiceKey service : connection.services) {
            followers.computeIfPresent(service, (_, present) -> {
                if (present.remove(connection)) {
                    followed--;
                }
                return present.isEmpty() ? null : present;
            });
        }
    }
}
