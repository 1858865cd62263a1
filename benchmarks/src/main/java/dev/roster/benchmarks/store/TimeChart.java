package dev.roster.benchmarks.store;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.IntToDoubleFunction;

/** Draws what was measured over time, one panel below the other, as an SVG that needs nothing else. */
public final class TimeChart {

    private static final int LEFT = 70;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 130;
    private static final int GAP = 50;
    private static final int MARGIN = 20;
    private static final int TIME_STEPS = 5;

    private final int samples;
    private final DoubleFunction<String> time;
    private final StringBuilder svg = new StringBuilder();
    private int top = GAP;

    /**
     * Makes it, without panels.
     *
     * @param samples how many there are, each as long after the one before
     * @param time what stands below a place between 0, the first sample, and 1, the last one
     */
    public TimeChart(int samples, DoubleFunction<String> time) {
        this.samples = samples;
        this.time = time;
    }

    /** Adds a panel. Where there are more samples than places, the highest of a place is drawn. */
    public void panel(String title, String color, IntToDoubleFunction value) {
        double most = Math.max(1, highest(value, 0, samples));
        int bottom = top + HEIGHT;
        text(LEFT, top - 10, "start", title);
        text(LEFT - 8, top + 10, "end", String.format(Locale.ROOT, "%,.0f", most));
        text(LEFT - 8, bottom, "end", "0");
        svg.append("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n".formatted(LEFT, top, bottom,
                LEFT + WIDTH));
        for (int step = 0; step <= TIME_STEPS; step++) {
            text(LEFT + WIDTH * step / TIME_STEPS, bottom + 16, "middle", time.apply((double) step / TIME_STEPS));
        }
        svg.append("<polyline fill=\"none\" stroke=\"").append(color).append("\" points=\"");
        for (int x = 0; x < WIDTH; x++) {
            int from = (int) ((long) samples * x / WIDTH);
            int to = (int) ((long) samples * (x + 1) / WIDTH);
            if (to > from) {
                svg.append(String.format(Locale.ROOT, "%d,%.1f ", LEFT + x,
                        bottom - highest(value, from, to) / most * HEIGHT));
            }
        }
        svg.append("\"/>\n");
        top = bottom + GAP;
    }

    private static double highest(IntToDoubleFunction value, int from, int to) {
        double highest = 0;
        for (int i = from; i < to; i++) {
            highest = Math.max(highest, value.applyAsDouble(i));
        }
        return highest;
    }

    private void text(int x, int y, String anchor, String text) {
        svg.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#333\">%s</text>\n".formatted(x, y, anchor, text));
    }

    /** Returns all panels. */
    public String draw() {
        int height = top + MARGIN - GAP / 2;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s</svg>
                """.formatted(LEFT + WIDTH + MARGIN, height, svg);
    }
}
