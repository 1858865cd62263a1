package dev.roster.console.diff;

/**
 * A run of lines that was replaced; indexes are 0-based, ends exclusive.
 *
 * @param beforeFrom first removed line; equal to {@code beforeTo} when lines were only added
 * @param beforeTo end of the removed lines
 * @param afterFrom first added line; equal to {@code afterTo} when lines were only removed
 * @param afterTo end of the added lines
 */
record Change(int beforeFrom, int beforeTo, int afterFrom, int afterTo) {
    int removed() {
        return beforeTo - beforeFrom;
    }

    int added() {
        return afterTo - afterFrom;
    }
}
