package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import dev.roster.benchmarks.registry.Comparison.Measured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** What is measured in the same way of every registry that is asked by HTTP. */
final class CatalogRun {

    static final String LARGE_LOOKUPS = "lookups of a service of 1,000 /s";
    static final String SMALL_LOOKUPS = "lookups of a service of 10 /s";
    static final String LARGE_LOOKUPS_OF_ONE = "one server asked: " + LARGE_LOOKUPS;
    static final String SMALL_LOOKUPS_OF_ONE = "one server asked: " + SMALL_LOOKUPS;
    static final String HEAP = "heap of an instance, bytes";

    /** For how long nobody asks anything, before what the servers take is measured and meanwhile. */
    private static final Duration IDLE = Duration.ofSeconds(4);

    private final Measured who;
    private final Catalog catalog;
    private final Settings settings;
    private final Comparison figures;
    private final Refusals refusals = new Refusals();
    private long warmedUpBy;

    CatalogRun(Measured who, Catalog catalog, Settings settings, Comparison figures) {
        this.who = who;
        this.catalog = catalog;
        this.settings = settings;
        this.figures = figures;
    }

    Load<HttpConnection> clients(int number) {
        return new Load<>(number, this::connect);
    }

    /** Registers all instances, and sees what they take. */
    void fill() throws Exception {
        long empty = ServerHeap.largest(catalog.servers());
        Load.Operation<HttpConnection> registration = (connection, number) -> connection.exchange(
                catalog.register(service((int) number), Names.instance(number)));
        int instances = settings.scale().instances();
        int warmUp = instances / Settings.WARM_UP_DIVISOR;
        clients(Settings.FILLING_CLIENTS).each(0, warmUp, registration);
        ProcessorUse processor = ProcessorUse.of(catalog.servers());
        Latencies answers = clients(Settings.FILLING_CLIENTS).each(warmUp, instances, registration);
        figures.put(who, "registrations /s", "registration", answers, processor);
        figures.put(who, HEAP, (double) (ServerHeap.largest(catalog.servers()) - empty) / instances);
        idle(who, catalog.servers(), figures);
    }

    /** Sees what servers take that nobody asks anything. */
    static void idle(Measured who, List<ProcessHandle> servers, Comparison figures) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
        ProcessorUse processor = ProcessorUse.of(servers);
        TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
        figures.put(who, "without requests: share of the processors, %", 100 * processor.share());
    }

    /** Looks services up, small ones and large ones; at all servers, and then at one. */
    void lookUp() throws Exception {
        lookUp(SMALL_LOOKUPS, "lookup of 10", catalog::lookup, settings.scale()::anySmall);
        lookUp(LARGE_LOOKUPS, "lookup of 1,000", catalog::lookup, settings.scale()::anyLarge);
        CatalogRun one = new CatalogRun(who, new FirstServer(catalog), settings, figures);
        one.lookUp(SMALL_LOOKUPS_OF_ONE, "one server asked: lookup of 10", catalog::lookup, settings.scale()::anySmall);
        one.lookUp(LARGE_LOOKUPS_OF_ONE, "one server asked: lookup of 1,000", catalog::lookup,
                settings.scale()::anyLarge);
        warmedUpBy += one.warmedUpBy;
    }

    /** Looks services up by certain requests. */
    void lookUp(String rate, String name, Function<String, byte[]> request, ToIntFunction<RandomGenerator> choice)
            throws Exception {
        Load.Operation<HttpConnection> lookup = (connection, _) -> connection.exchange(
                request.apply(Names.service(choice.applyAsInt(ThreadLocalRandom.current()))));
        settle(Settings.CLIENTS, lookup);
        ProcessorUse processor = ProcessorUse.of(catalog.servers());
        figures.put(who, rate, name, clients(Settings.CLIENTS).during(settings.measured(), lookup), processor);
    }

    /** Keeps instances alive by a call for each: as fast as it goes, and once in ten seconds. */
    void renew() throws Exception {
        Load.Operation<HttpConnection> renewal = (connection, number) -> {
            int instance = (int) (number % settings.scale().instances());
            connection.exchange(catalog.renew(service(instance), Names.instance(instance)));
        };
        settle(Settings.RENEWING_CLIENTS, renewal);
        ProcessorUse processor = ProcessorUse.of(catalog.servers());
        figures.put(who, "heartbeats, a call each, at most /s", "heartbeat, a call each",
                clients(Settings.RENEWING_CLIENTS).during(settings.measured(), renewal), processor);
        pace("heartbeats, a call each, every 10 s", clients(Settings.RENEWING_CLIENTS),
                settings.renewalsPerSecond(), 1, renewal);
    }

    /** Does something until the servers are warm. */
    void settle(int number, Load.Operation<HttpConnection> operation) throws Exception {
        int servers = catalog.servers().size();
        long done = clients(number).settle(Settings.LEAST_WARM_UP * servers,
                Settings.LONGEST_WARM_UP.multipliedBy(servers), operation);
        warmedUpBy += done;
    }

    /** Puts how often somebody had to ask again, and how often was asked before measurements. */
    void finish() {
        figures.put(who, "requests before measurements", (double) warmedUpBy);
        figures.put(who, "requests sent again after status 503", (double) refusals.count());
        if (refusals.count() > 0) {
            System.err.println(who + " said " + refusals.first());
        }
    }

    /** Does something at a rate, and puts how much of it was done and what it takes of the processors. */
    void pace(String name, Load<HttpConnection> load, double perSecond, int renewedByCall,
            Load.Operation<HttpConnection> call) throws Exception {
        ProcessorUse processor = ProcessorUse.of(catalog.servers());
        Latencies answers = load.paced(perSecond, (long) (perSecond * settings.measured().toSeconds()), call);
        figures.put(who, name + ": reached /s", answers.perSecond() * renewedByCall);
        figures.put(who, name + ": share of the processors, %", 100 * processor.share());
        figures.put(who, name + ": answer p99, ms", answers.millis(0.99));
    }

    private HttpConnection connect(int number) throws IOException {
        return new HttpConnection(catalog.ports().get(number % catalog.ports().size()), refusals);
    }

    private String service(int instance) {
        return Names.service(settings.scale().serviceOf(instance));
    }
}
