package dev.roster.console.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a difference as a table shows it.
 *
 * @param kind what happened to the line or the pair of lines
 * @param before the line before, null when there is none in this row
 * @param after the line after, null when there is none in this row
 */
public record Row(Kind kind, @Nullable Side before, @Nullable Side after) {

    /** What happened; a unified table never holds {@code CHANGED}, which pairs a removed line with an added one. */
    public enum Kind {
        SAME, REMOVED, ADDED, CHANGED
    }

    /**
     * One line on one side.
     *
     * @param number 1-based number of the line in its document
     * @param spans the text in order; empty for an empty line
     * @param endsWithoutNewline whether it is the last line and no line feed follows it
     */
    public record Side(int number, List<Span> spans, boolean endsWithoutNewline) {
        public Side {
            spans = List.copyOf(spans);
        }
    }
}
