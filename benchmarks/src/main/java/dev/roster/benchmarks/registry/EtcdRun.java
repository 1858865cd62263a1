package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.etcd.EtcdConnections;
import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.etcd.EtcdKeepAlives;
import dev.roster.benchmarks.etcd.EtcdMethods;
import dev.roster.benchmarks.etcd.EtcdWatch;
import dev.roster.benchmarks.etcd.Proto;
import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import dev.roster.benchmarks.registry.Comparison.Measured;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * What is measured of three members of etcd: leases that are kept alive, and watches. It has a fifth of the instances, each kept
 * alive five times as often, and each of its watchers follows one service, and only one of the two kinds.
 */
final class EtcdRun implements AutoCloseable {

    private static final int MEMBERS = 3;
    private static final int LEASES_DIVISOR = 5;
    private static final long TTL_SECONDS = 600;
    private static final int REGISTERING_CLIENTS = 6;
    private static final byte[] VALUE = "{\"host\":\"10.0.0.1\",\"port\":8080,\"zone\":\"zone-a\",\"tags\":[\"blue\"]}"
            .getBytes(StandardCharsets.UTF_8);

    private final Settings settings;
    private final Comparison figures;
    private final EtcdGroup group;
    private final EtcdConnections connections;
    private final EtcdKeepAlives keepAlives;
    private final int leases;

    private EtcdRun(Settings settings, Comparison figures) throws Exception {
        this.settings = settings;
        this.figures = figures;
        this.group = EtcdGroup.start(settings.directory(), MEMBERS);
        this.connections = new EtcdConnections(group.clientPorts());
        this.keepAlives = new EtcdKeepAlives(connections);
        this.leases = settings.scale().instances() / LEASES_DIVISOR;
    }

    static void measure(Settings settings, Comparison figures) throws Exception {
        try (EtcdRun run = new EtcdRun(settings, figures)) {
            run.fill();
            run.renew();
            run.watch();
        }
    }

    private void fill() throws Exception {
        Load.Operation<Closeable> registration = (_, number) -> register(
                (int) (number % settings.scale().services()), number).join();
        int warmUp = leases / Settings.WARM_UP_DIVISOR;
        clients(Settings.FILLING_CLIENTS).each(0, warmUp, registration);
        ProcessorUse processor = ProcessorUse.of(group.processes());
        Latencies answers = clients(Settings.FILLING_CLIENTS).each(warmUp, leases, registration);
        figures.put(Measured.ETCD, "registrations /s", "registration", answers, processor);
        CatalogRun.idle(Measured.ETCD, group.processes(), figures);
    }

    private void renew() throws Exception {
        Load.Operation<Closeable> renewal = (_, number) -> keepAlives.send(number % leases + 1).join();
        clients(Settings.RENEWING_CLIENTS).settle(Settings.LEAST_WARM_UP, Settings.LONGEST_WARM_UP, renewal);
        ProcessorUse processor = ProcessorUse.of(group.processes());
        figures.put(Measured.ETCD, "heartbeats, a call each, at most /s", "heartbeat, a call each",
                clients(Settings.RENEWING_CLIENTS).during(settings.measured(), renewal), processor);
    }

    private void watch() throws Exception {
        watch(Visibility.ALL, leases, _ -> settings.scale().services(), settings.watchers());
        watch(Visibility.FEW, leases + Visibility.ALL.changes(), watcher -> watcher % followed(),
                settings.watchersOfEach());
    }

    private int followed() {
        return settings.watchers() / settings.watchersOfEach();
    }

    private void watch(Visibility visibility, int first, IntUnaryOperator followed, int watchers) throws Exception {
        SeenTimes times = visibility.times(watchers);
        for (int watcher = 0; watcher < settings.watchers(); watcher++) {
            EtcdWatch.open(connections, prefix(followed.applyAsInt(watcher)), false, (_, keyValue) -> {
                String key = EtcdWatch.keyOf(keyValue);
                times.seen(Integer.parseInt(key.substring(key.lastIndexOf('/') + 1)) - first);
            }).join();
        }
        ProcessorUse processor = ProcessorUse.of(group.processes());
        clients(REGISTERING_CLIENTS).paced(visibility.perSecond(), visibility.changes(), (_, number) -> {
            int service = followed.applyAsInt(ThreadLocalRandom.current().nextInt(settings.watchers()));
            times.sending(number);
            register(service, first + number).join();
        });
        Latencies seen = times.await();
        visibility.put(Measured.ETCD, figures, seen, processor);
    }

    /** Grants a lease and puts a key with it. */
    private CompletableFuture<?> register(int service, long instance) {
        long lease = instance + 1;
        return connections.call(EtcdMethods.GRANT, new Proto().number(1, TTL_SECONDS).number(2, lease))
                .thenCompose(_ -> connections.call(EtcdMethods.PUT,
                        new Proto().text(1, prefix(service) + instance).bytes(2, VALUE).number(3, lease)));
    }

    private static String prefix(int service) {
        return String.format(Locale.ROOT, "services/%s/", Names.service(service));
    }

    /** All share the connections. */
    private static Load<Closeable> clients(int number) {
        return new Load<>(number, _ -> () -> {});
    }

    @Override
    public void close() {
        connections.close();
        group.close();
    }
}
