package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import dev.roster.benchmarks.registry.Comparison.Measured;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is measured of Roster. */
final class RosterRun {

    /** Instances of a host that keeps all of them alive by one call. */
    private static final int RENEWED_TOGETHER = 100;

    private static final int BATCHING_CLIENTS = 64;
    private static final int REGISTERING_CLIENTS = 6;

    private final Settings settings;
    private final Comparison figures;
    private final RosterCatalog catalog;
    private final CatalogRun run;

    private RosterRun(Settings settings, Comparison figures, RosterCatalog catalog) {
        this.settings = settings;
        this.figures = figures;
        this.catalog = catalog;
        this.run = new CatalogRun(Measured.ROSTER, catalog, settings, figures);
    }

    static void measure(Settings settings, Comparison figures) throws Exception {
        try (RosterCatalog catalog = new RosterCatalog()) {
            RosterRun run = new RosterRun(settings, figures, catalog);
            run.run.fill();
            run.run.lookUp();
            run.watch();
            run.renewTogether();
            run.run.renew();
            run.run.lookUp("lookups of a service of 10 by the handler /s", "lookup of 10 by the handler",
                    catalog::lookupByHandler, settings.scale()::anySmall);
            run.run.finish();
        }
    }

    /** Keeps instances alive by a call for a hundred. */
    private void renewTogether() throws Exception {
        int calls = settings.scale().instances() / RENEWED_TOGETHER;
        Load.Operation<HttpConnection> renewal = (connection, number) -> {
            int first = (int) (number % calls) * RENEWED_TOGETHER;
            connection.exchange(
                    catalog.renew(IntStream.range(first, first + RENEWED_TOGETHER), settings.scale()));
        };
        run.clients(BATCHING_CLIENTS).settle(2L * calls, Settings.LONGEST_WARM_UP, renewal);
        run.pace("heartbeats, a call for 100, every 10 s", run.clients(BATCHING_CLIENTS),
                settings.renewalsPerSecond() / RENEWED_TOGETHER, RENEWED_TOGETHER, renewal);
    }

    /** Registers instances which some, or all, of the watchers see. */
    private void watch() throws Exception {
        Scale scale = settings.scale();
        String common = Names.service(scale.services());
        try (WatchStreams streams = new WatchStreams()) {
            streams.open(IntStream.range(0, settings.watchers()).mapToObj(watcher -> {
                byte[] request = catalog.watch(Stream.concat(
                        settings.followedBy(watcher).mapToObj(Names::service),
                        Stream.of(common)).toList());
                return new WatchStreams.Opening(catalog.ports().get(watcher % catalog.ports().size()), request);
            }).toList());
            // First what all see: thousands of events of each server warm up the way to those who watch.
            register(streams, Visibility.ALL, scale.instances(), settings.watchers(), scale::services);
            register(streams, Visibility.FEW, scale.instances() + Visibility.ALL.changes(), settings.watchersOfEach(),
                    () -> settings.anyFollowed(ThreadLocalRandom.current()));
        }
    }

    private void register(WatchStreams streams, Visibility visibility, int first, int watchers, IntSupplier service)
            throws Exception {
        SeenTimes times = visibility.times(watchers);
        streams.tell(instance -> times.seen(instance - first));
        ProcessorUse processor = ProcessorUse.of(catalog.servers());
        run.clients(REGISTERING_CLIENTS).paced(visibility.perSecond(), visibility.changes(), (connection, number) -> {
            byte[] request = catalog.register(Names.service(service.getAsInt()), Names.instance(first + number));
            times.sending(number);
            connection.exchange(request);
        });
        streams.check();
        Latencies seen = times.await();
        visibility.put(Measured.ROSTER, figures, seen, processor);
    }
}
