package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What was measured of the systems, by name, in the order in which it was first put. */
final class Comparison {

    private static final double LARGE = 100;

    private final Map<String, Map<Measured, Double>> rows = new LinkedHashMap<>();
    private final PrintStream progress;
    private final long began = System.nanoTime();

    /**
     * Makes a comparison of nothing.
     *
     * @param progress told each figure at once, with the second of the run
     */
    Comparison(PrintStream progress) {
        this.progress = progress;
    }

    /** Who is measured, in this order. */
    enum Measured {
        EUREKA, ETCD, ROSTER
    }

    void put(Measured who, String name, double value) {
        rows.computeIfAbsent(name, _ -> new EnumMap<>(Measured.class)).put(who, value);
        progress.printf(Locale.ROOT, "%4d s, %s: %s: %s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                who, name, text(Double.valueOf(value)));
    }

    /** Puts how many operations were done in a second, and what each took. */
    void put(Measured who, String rate, String name, Latencies answers, ProcessorUse processor) {
        double micros = processor.micros(answers.count());
        put(who, rate, answers.perSecond());
        put(who, name + ": answer p99, ms", answers.millis(0.99));
        put(who, name + ": processor time of the servers, µs", micros);
    }

    /** Returns a figure, if it was measured. */
    OptionalDouble get(Measured who, String name) {
        Double value = rows.getOrDefault(name, Map.of()).get(who);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Returns how many times as large as that of another a figure of Roster is, if both were measured. */
    OptionalDouble ratio(String name, Measured other) {
        OptionalDouble our = get(Measured.ROSTER, name);
        OptionalDouble their = get(other, name);
        return our.isEmpty() || their.isEmpty() || their.getAsDouble() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(our.getAsDouble() / their.getAsDouble());
    }

    /** Prints a table in Markdown; where only one has a figure there is no ratio. */
    void print(PrintStream out) {
        out.println("| | Eureka | etcd | Roster | to Eureka | to etcd |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        rows.forEach((name, row) -> out.printf("| %s | %s | %s | %s | %s | %s |%n", name,
                text(row.get(Measured.EUREKA)), text(row.get(Measured.ETCD)), text(row.get(Measured.ROSTER)),
                text(ratio(name, Measured.EUREKA)), text(ratio(name, Measured.ETCD))));
    }

    private static String text(OptionalDouble value) {
        return value.isEmpty() ? "" : text(Double.valueOf(value.getAsDouble()));
    }

    private static String text(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        boolean whole = value >= LARGE || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%,.0f" : value < 1 ? "%.3f" : "%.2f", value);
    }
}
