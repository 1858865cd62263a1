package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.WorkDirectory;
import dev.roster.benchmarks.registry.Comparison.Measured;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * A registry at its full size: three members of Roster, each in a process of its own as users run it, beside one Eureka server and
 * three members of etcd, one after the other. What is registered, kept alive, looked up, and seen by those who watch is asked
 * through connections by clients on the same machine, which cost it little; what the servers take of the processors for
 * each operation is printed, too, since the rate depends on what the clients leave them.
 *
 * <p>Nobody is asked for credentials. All instances are registered for ten minutes, so that none ends meanwhile. Heap is what a
 * full collection leaves, less what it leaves of the empty server, of that member which holds the most. Of
 * what is seen the time counts from before a registration is sent.
 *
 * <p>Arguments: instances (default 100,000), services (5,000), seconds of each measurement (3), watchers (1,000),
 * systems to measure ({@code eureka,etcd,roster}), directory (a temporary one). {@code 5000 300 1 60} takes five minutes, nearly all
 * of which is warming up.
 */
public final class RegistryChurn {

    private static final double LOOKUPS_GOAL = 5;
    private static final double SEEN_GOAL_MILLIS = 50;
    private static final double HEAP_GOAL_BYTES = 2048;

    private final PrintStream out;
    private final Comparison figures = new Comparison(System.err);

    private RegistryChurn(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark and prints a table. */
    public static void main(String[] args) throws Exception {
        int instances = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int services = args.length > 1 ? Integer.parseInt(args[1]) : 5000;
        long seconds = args.length > 2 ? Long.parseLong(args[2]) : 3;
        int watchers = args.length > 3 ? Integer.parseInt(args[3]) : 1000;
        Set<Measured> systems = args.length > 4 ? systems(args[4]) : EnumSet.allOf(Measured.class);
        try (WorkDirectory work = WorkDirectory.of(args, 5, "registry-churn")) {
            new RegistryChurn(System.out).run(new Settings(new Scale(instances, services),
                    Duration.ofSeconds(seconds), watchers, work.path()), systems);
        }
        System.exit(0);
    }

    private static Set<Measured> systems(String names) {
        return Arrays.stream(names.split(",")).map(name -> Measured.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Measured.class)));
    }

    private void run(Settings settings, Set<Measured> systems) throws Exception {
        Scale scale = settings.scale();
        out.printf(Locale.ROOT, "%,d instances in %,d services, %,d of them of %,d; %,d watchers; %d processors%n%n",
                scale.instances(), scale.services(), scale.large(), Scale.LARGE, settings.watchers(),
                Runtime.getRuntime().availableProcessors());
        try {
            for (Measured system : systems) {
                switch (system) {
                    case EUREKA -> EurekaRun.measure(settings, figures);
                    case ETCD -> EtcdRun.measure(settings, figures);
                    case ROSTER -> RosterRun.measure(settings, figures);
                }
            }
        } finally {
            figures.print(out);
        }
        printGoals();
    }

    private void printGoals() {
        out.println();
        goal("lookups of services of 10, times Eureka's", figures.ratio(CatalogRun.SMALL_LOOKUPS, Measured.EUREKA),
                LOOKUPS_GOAL, value -> value >= LOOKUPS_GOAL);
        goal("lookups of services of 1,000, times Eureka's", figures.ratio(CatalogRun.LARGE_LOOKUPS, Measured.EUREKA),
                LOOKUPS_GOAL, value -> value >= LOOKUPS_GOAL);
        goal("lookups of services of 10, one server asked, times Eureka's",
                figures.ratio(CatalogRun.SMALL_LOOKUPS_OF_ONE, Measured.EUREKA), LOOKUPS_GOAL,
                value -> value >= LOOKUPS_GOAL);
        goal("lookups of services of 1,000, one server asked, times Eureka's",
                figures.ratio(CatalogRun.LARGE_LOOKUPS_OF_ONE, Measured.EUREKA), LOOKUPS_GOAL,
                value -> value >= LOOKUPS_GOAL);
        goal("seen, p99, ms", figures.get(Measured.ROSTER, Visibility.P99), SEEN_GOAL_MILLIS,
                value -> value < SEEN_GOAL_MILLIS);
        goal("heap of an instance, bytes", figures.get(Measured.ROSTER, CatalogRun.HEAP), HEAP_GOAL_BYTES,
                value -> value < HEAP_GOAL_BYTES);
    }

    private void goal(String name, OptionalDouble reached, double goal, DoublePredicate met) {
        if (reached.isEmpty()) {
            return;
        }
        double value = reached.getAsDouble();
        out.printf(Locale.ROOT, "- %s: %,.1f, goal %,.0f: %s%n", name, value, goal, met.test(value) ? "met" : "missed");
    }
}
