package dev.roster.benchmarks.store;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was measured of one of two rivals, by name, in the order in which it was put. */
final class Figures {

    private final Map<String, Double> values = new LinkedHashMap<>();

    void put(String name, double value) {
        values.put(name, value);
    }

    /** Prints a table of two rivals; where only one has a figure there is no ratio. */
    static void print(PrintStream out, Figures their, Figures our) {
        out.println("| | etcd | Roster | Ratio |");
        out.println("| --- | ---: | ---: | ---: |");
        Set<String> names = new LinkedHashSet<>(our.values.keySet());
        names.addAll(their.values.keySet());
        for (String name : names) {
            Double etcd = their.values.get(name);
            Double roster = our.values.get(name);
            out.printf("| %s | %s | %s | %s |%n", name, text(etcd), text(roster), ratio(etcd, roster));
        }
    }

    private static String ratio(@Nullable Double their, @Nullable Double our) {
        return their == null || our == null || their == 0 ? "" : text(our / their);
    }

    private static String text(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        boolean whole = value >= 100 || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%,.0f" : value < 1 ? "%.3f" : "%.2f", value);
    }
}
