package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import dev.roster.benchmarks.registry.Comparison.Measured;

/**
 * How fast those who watch see what is registered, on a machine that has nothing else to do.
 *
 * @param name of the figures
 * @param changes how many instances are registered
 * @param perSecond how many of them in a second
 * @param warmUp how many of the first do not count
 */
record Visibility(String name, int changes, int perSecond, int warmUp) {

    /** Each change is seen by those few who follow its service. */
    static final Visibility FEW = new Visibility("seen by the watchers of a service", 1000, 50, 500);

    /** Each change is seen by everybody. */
    static final Visibility ALL = new Visibility("seen by all watchers, of one service", 60, 2, 40);

    static final String P50 = FEW.p50();
    static final String P99 = FEW.p99();

    private String p50() {
        return name + ": p50, ms";
    }

    private String p99() {
        return name + ": p99, ms";
    }

    SeenTimes times(int watchers) {
        return new SeenTimes(changes, watchers, warmUp);
    }

    void put(Measured who, Comparison figures, Latencies seen, ProcessorUse processor) {
        double micros = processor.micros(changes);
        figures.put(who, p50(), seen.millis(0.5));
        figures.put(who, p99(), seen.millis(0.99));
        figures.put(who, name + ": processor time of the servers for a change, µs", micros);
    }
}
