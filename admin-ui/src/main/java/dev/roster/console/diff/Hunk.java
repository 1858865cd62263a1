package dev.roster.console.diff;

import java.util.List;

/**
 * Changes that lie close together, with the lines around them.
 *
 * @param skippedBefore how many equal lines are left out between this hunk and the one before (or the start)
 * @param rows from top to bottom
 */
public record Hunk(int skippedBefore, List<Row> rows) {
    public Hunk {
        rows = List.copyOf(rows);
    }
}
