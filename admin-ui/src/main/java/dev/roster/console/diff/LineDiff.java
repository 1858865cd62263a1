package dev.roster.console.diff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two documents, by lines. A line feed ends a line; a last line with one and the same line without
 * one differ, and so do lines that end in CR LF and in LF. Immutable.
 */
public final class LineDiff {
    /** Equal lines shown around each change. */
    private static final int CONTEXT_LINES = 3;
    /** Rows that a page can take without becoming slow. */
    private static final int MAX_ROWS = 4_000;

    private final List<Line> before;
    private final List<Line> after;
    private final List<Change> changes;

    private LineDiff(List<Line> before, List<Line> after) {
        this.before = before;
        this.after = after;
        this.changes = ChangeFinder.changes(before, after);
    }

    /** Compares two documents of up to some megabytes. */
    public static LineDiff between(String before, String after) {
        return new LineDiff(Line.of(before), Line.of(after));
    }

    /** Whether the documents are equal. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** How many lines were added. */
    public int added() {
        return changes.stream().mapToInt(Change::added).sum();
    }

    /** How many lines were removed. */
    public int removed() {
        return changes.stream().mapToInt(Change::removed).sum();
    }

    /** The rows of a table with one column of text: removed lines above the added ones. */
    public Shown unified() {
        return shown(false);
    }

    /** The rows of a table with two columns of text: a removed line beside the added one. */
    public Shown sideBySide() {
        return shown(true);
    }

    private Shown shown(boolean paired) {
        List<Hunk> hunks = new ArrayList<>();
        boolean cut = false;
        int rows = 0;
        int end = 0;
        int next = 0;
        while (next < changes.size() && rows < MAX_ROWS) {
            int last = lastOfHunk(next);
            int from = Math.max(changes.get(next).beforeFrom() - CONTEXT_LINES, end);
            List<Row> hunk = rows(from, next, last, paired);
            if (rows + hunk.size() > MAX_ROWS) {
                cut = true;
                hunk = hunk.subList(0, MAX_ROWS - rows);
            }
            hunks.add(new Hunk(from - end, hunk));
            rows += hunk.size();
            end = Math.min(changes.get(last).beforeTo() + CONTEXT_LINES, before.size());
            next = last + 1;
        }
        boolean complete = next == changes.size() && !cut;
        return new Shown(List.copyOf(hunks), complete ? before.size() - end : 0, complete);
    }

    private int lastOfHunk(int first) {
        int last = first;
        while (last + 1 < changes.size()
                && changes.get(last + 1).beforeFrom() - changes.get(last).beforeTo() <= 2 * CONTEXT_LINES) {
            last++;
        }
        return last;
    }

    private List<Row> rows(int from, int first, int last, boolean paired) {
        List<Row> rows = new ArrayList<>();
        int at = from;
        for (Change change : changes.subList(first, last + 1)) {
            addSame(rows, at, change.beforeFrom(), change.afterFrom() - change.beforeFrom());
            addChange(rows, change, paired);
            at = change.beforeTo();
        }
        int shift = changes.get(last).afterTo() - changes.get(last).beforeTo();
        addSame(rows, at, Math.min(at + CONTEXT_LINES, before.size()), shift);
        return rows;
    }

    private void addSame(List<Row> rows, int from, int to, int shift) {
        for (int i = from; i < to; i++) {
            rows.add(new Row(Row.Kind.SAME, side(before, i, null), side(after, i + shift, null)));
        }
    }

    private void addChange(List<Row> rows, Change change, boolean paired) {
        int pairs = Math.min(change.removed(), change.added());
        for (int i = 0; i < change.removed(); i++) {
            Line partner = i < pairs ? after.get(change.afterFrom() + i) : null;
            Row.Side old = side(before, change.beforeFrom() + i, partner);
            rows.add(paired && i < pairs
                    ? new Row(Row.Kind.CHANGED, old, addedSide(change, i))
                    : new Row(Row.Kind.REMOVED, old, null));
        }
        for (int i = paired ? pairs : 0; i < change.added(); i++) {
            rows.add(new Row(Row.Kind.ADDED, null, addedSide(change, i)));
        }
    }

    private Row.Side addedSide(Change change, int i) {
        return side(after, change.afterFrom() + i,
                i < change.removed() ? before.get(change.beforeFrom() + i) : null);
    }

    private static Row.Side side(List<Line> lines, int index, @Nullable Line partner) {
        Line line = lines.get(index);
        List<Span> spans = partner == null
                ? LineText.plain(line.text())
                : LineText.against(line.text(), partner.text());
        return new Row.Side(index + 1, spans, !line.terminated());
    }

    /**
     * What a page shows of a difference.
     *
     * @param hunks from top to bottom, empty when the documents are equal
     * @param skippedAfter how many equal lines follow the last hunk
     * @param complete false when the difference is longer than a page can show and its end is left out
     */
    public record Shown(List<Hunk> hunks, int skippedAfter, boolean complete) {}
}
