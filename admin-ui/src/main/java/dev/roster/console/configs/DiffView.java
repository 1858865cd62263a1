package dev.roster.console.configs;

import dev.roster.console.diff.LineDiff;

/**
 * A difference as a template shows it.
 *
 * @param added how many lines were added
 * @param removed how many lines were removed
 * @param split whether the sides stand beside each other
 * @param shown the rows
 */
record DiffView(int added, int removed, boolean split, LineDiff.Shown shown) {
    DiffView(LineDiff diff, boolean split) {
        this(diff.added(), diff.removed(), split, split ? diff.sideBySide() : diff.unified());
    }

    public boolean empty() {
        return added == 0 && removed == 0;
    }
}
