package dev.roster.benchmarks.store;

import java.util.List;
import java.util.Locale;

/** Draws disk, heap and longest writes over time, one below the other. */
final class SoakChart {

    private static final int LONG_RUN_SECONDS = 600;

    private SoakChart() {}

    static String draw(List<SoakSample> samples) {
        String minutes = samples.size() < LONG_RUN_SECONDS ? "%.1f min" : "%.0f min";
        TimeChart chart = new TimeChart(samples.size(),
                share -> String.format(Locale.ROOT, minutes, samples.size() / 60.0 * share));
        chart.panel("Disk, MB", "#2a6fb0", i -> samples.get(i).diskMegabytes());
        chart.panel("Heap after a collection, MB", "#3a8a4d", i -> samples.get(i).heapMegabytes());
        chart.panel("Longest write in each second, ms", "#b04a2a", i -> samples.get(i).longestWriteMillis());
        return chart.draw();
    }
}
