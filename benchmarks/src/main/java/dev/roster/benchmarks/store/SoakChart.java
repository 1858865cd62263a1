package dev.roster.benchmarks.store;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws disk, heap and longest writes over time, one below the other, as an SVG that needs nothing else. */
final class SoakChart {

    private static final int LEFT = 70;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 130;
    private static final int GAP = 50;
    private static final int MARGIN = 20;
    private static final int TIME_STEPS = 5;

    private final List<SoakSample> samples;
    private final StringBuilder svg = new StringBuilder();
    private int top = GAP;

    private SoakChart(List<SoakSample> samples) {
        this.samples = samples;
    }

    static String draw(List<SoakSample> samples) {
        SoakChart chart = new SoakChart(samples);
        chart.panel("Disk, MB", "#2a6fb0", SoakSample::diskMegabytes);
        chart.panel("Heap after a collection, MB", "#3a8a4d", SoakSample::heapMegabytes);
        chart.panel("Longest write in each second, ms", "#b04a2a", SoakSample::longestWriteMillis);
        int height = chart.top + MARGIN - GAP / 2;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s</svg>
                """.formatted(LEFT + WIDTH + MARGIN, height, chart.svg);
    }

    private void panel(String title, String color, ToDoubleFunction<SoakSample> value) {
        double most = Math.max(1, samples.stream().mapToDouble(value).max().orElse(1));
        int bottom = top + HEIGHT;
        text(LEFT, top - 10, "start", title);
        text(LEFT - 8, top + 10, "end", String.format(Locale.ROOT, "%,.0f", most));
        text(LEFT - 8, bottom, "end", "0");
        svg.append("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n".formatted(LEFT, top, bottom,
                LEFT + WIDTH));
        for (int step = 0; step <= TIME_STEPS; step++) {
            text(LEFT + WIDTH * step / TIME_STEPS, bottom + 16, "middle",
                    String.format(Locale.ROOT, samples.size() < 600 ? "%.1f min" : "%.0f min",
                            samples.size() / 60.0 * step / TIME_STEPS));
        }
        svg.append("<polyline fill=\"none\" stroke=\"").append(color).append("\" points=\"");
        for (int x = 0; x < WIDTH; x++) {
            int from = (int) ((long) samples.size() * x / WIDTH);
            int to = (int) ((long) samples.size() * (x + 1) / WIDTH);
            if (to > from) {
                double highest = samples.subList(from, to).stream().mapToDouble(value).max().orElse(0);
                svg.append(String.format(Locale.ROOT, "%d,%.1f ", LEFT + x, bottom - highest / most * HEIGHT));
            }
        }
        svg.append("\"/>\n");
        top = bottom + GAP;
    }

    private void text(int x, int y, String anchor, String text) {
        svg.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#333\">%s</text>\n".formatted(x, y, anchor, text));
    }
}
