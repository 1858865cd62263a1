package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.registry.Comparison.Measured;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What is measured of Eureka. Nobody can watch: whoever wants to see what is registered asks again and again. */
final class EurekaRun {

    /** Registrations are spread over the 30 s after which the server renews what it answers. */
    private static final int REGISTRATIONS = 32;
    private static final Duration SPREAD = Duration.ofSeconds(32);
    private static final long POLL_MILLIS = 100;

    private final Settings settings;
    private final Comparison figures;
    private final EurekaCatalog catalog;
    private final CatalogRun run;

    private EurekaRun(Settings settings, Comparison figures, EurekaCatalog catalog) {
        this.settings = settings;
        this.figures = figures;
        this.catalog = catalog;
        this.run = new CatalogRun(Measured.EUREKA, catalog, settings, figures);
    }

    static void measure(Settings settings, Comparison figures) throws Exception {
        try (EurekaCatalog catalog = new EurekaCatalog(settings.directory())) {
            EurekaRun run = new EurekaRun(settings, figures, catalog);
            run.run.fill();
            run.run.lookUp();
            run.run.renew();
            run.poll();
            run.run.finish();
        }
    }

    /** Registers instances in services that somebody has asked for, and asks until they are there. */
    private void poll() throws Exception {
        Latencies seen = new Latencies();
        run.clients(REGISTRATIONS).each(0, REGISTRATIONS, (connection, number) -> {
            TimeUnit.MILLISECONDS.sleep(SPREAD.toMillis() * number / REGISTRATIONS);
            String service = Names.service(settings.scale().anySmall(ThreadLocalRandom.current()));
            String id = "new-" + number;
            connection.exchange(catalog.lookup(service));
            long began = System.nanoTime();
            connection.exchange(catalog.register(service, id));
            while (!connection.ask(catalog.lookup(service)).contains(id + "\"")) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            seen.add(System.nanoTime() - began);
        });
        seen.finish(SPREAD.toNanos());
        figures.put(Measured.EUREKA, Visibility.P50, seen.millis(0.5));
        figures.put(Measured.EUREKA, Visibility.P99, seen.millis(0.99));
    }
}
