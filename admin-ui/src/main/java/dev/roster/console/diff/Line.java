package dev.roster.console.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a document.
 *
 * @param text without the line feed; a carriage return before it belongs to the text
 * @param terminated whether a line feed follows; false only for the last line of a document
 */
record Line(String text, boolean terminated) {
    /** The lines of {@code document}; none when it is empty. */
    static List<Line> of(String document) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int end = document.indexOf('\n'); end >= 0; end = document.indexOf('\n', start)) {
            lines.add(new Line(document.substring(start, end), true));
            start = end + 1;
        }
        if (start < document.length()) {
            lines.add(new Line(document.substring(start), false));
        }
        return lines;
    }
}
