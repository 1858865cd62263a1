package dev.roster.client;

import dev.roster.api.registry.InstanceRegistration;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** What the views of one client share: connections, threads, the stream and the kept instances. Owns and ends its threads. */
final class ClientRuntime {
    private static final int SCHEDULER_THREADS = 2;

    private final ScheduledExecutorService scheduler;
    private final boolean ownScheduler;
    private final ExecutorService listeners;
    private final LastGood lastGood;
    private final AddressBook addresses;
    private final Requests requests;
    private final WatchStream stream;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Set<InstanceKeeper> keepers = ConcurrentHashMap.newKeySet();
    private final Set<ConfigReporter> reporters = ConcurrentHashMap.newKeySet();
    private final Set<SessionKeeper> sessionKeepers = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;
    private final Pause pause;
    private volatile boolean closed;

    ClientRuntime(RosterClientBuilder settings) {
        clock = settings.clock;
        random = settings.random;
        nanos = settings.nanos;
        pause = settings.pause;
        ScheduledExecutorService given = settings.scheduler;
        ownScheduler = given == null;
        scheduler = given == null ? newScheduler() : given;
        listeners = Executors.newSingleThreadExecutor(daemons("roster-listeners"));
        Path file = settings.lastGoodFile;
        lastGood = file == null ? LastGood.none() : new LastGoodFile(file, scheduler, settings.credentials);
        RevisionFloor floor = new RevisionFloor(settings.addresses.size(), clock);
        addresses = new AddressBook(settings.addresses, clock, random);
        Transport transport = new Transport(newHttpClient(settings), settings.requestTimeout, floor);
        requests = new Requests(transport, addresses, floor, clock, random, settings.pause);
        stream = new WatchStream(settings, transport, addresses, floor, scheduler, new Dispatcher(listeners), lastGood,
                () -> reporters.forEach(ConfigReporter::moved));
    }

    AddressBook addresses() {
        return addresses;
    }

    Requests requests() {
        return requests;
    }

    WatchStream stream() {
        return stream;
    }

    InstanceKeeper keep(Session session, String service, String id, InstanceRegistration registration) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        InstanceKeeper keeper = new InstanceKeeper(session, service, id, registration, clock, random, scheduler,
                keepers::remove);
        keepers.add(keeper);
        keeper.start();
        return keeper;
    }

    ConfigReporter report(Session session, String name, ConfigReporter.Source source) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        ConfigReporter reporter = new ConfigReporter(session, name, source, clock, random, scheduler,
                reporters::remove);
        reporters.add(reporter);
        reporter.start();
        return reporter;
    }

    SessionKeeper keepSession(Session session, Duration ttl, String name) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        SessionKeeper keeper = new SessionKeeper(session, ttl, name, nanos, random, pause, sessionKeepers::remove);
        sessionKeepers.add(keeper);
        return keeper;
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(reporters).forEach(ConfigReporter::close);
        List.copyOf(sessionKeepers).forEach(SessionKeeper::close);
        List.copyOf(keepers).forEach(InstanceKeeper::close);
        stream.close();
        listeners.shutdown();
        if (ownScheduler) {
            scheduler.shutdownNow();
        }
        lastGood.flush();
    }

    private static HttpClient newHttpClient(RosterClientBuilder settings) {
        HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connectTimeout);
        SSLContext sslContext = settings.sslContext;
        if (sslContext != null) {
            http.sslContext(sslContext);
        }
        ProxySelector proxy = settings.proxy;
        if (proxy != null) {
            http.proxy(proxy);
        }
        return http.build();
    }

    private static ScheduledExecutorService newScheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(SCHEDULER_THREADS,
                daemons("roster-client"));
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
