package dev.roster.server.config.format;

import java.util.Arrays;

/** Where the lines of a text begin, for many questions about one text. Lines end with LF, CR LF or CR. */
public final class LineIndex {
    private final String text;
    private final int[] starts;

    /** Looks for the lines of a text. */
    public LineIndex(String text) {
        this.text = text;
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean crBeforeLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !crBeforeLf)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = i + 1;
            }
        }
        starts = Arrays.copyOf(found, count);
    }

    /** Returns the line of a character, from 1. */
    public int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Returns the column of a character within its line, from 1, in code points. */
    public int column(int offset) {
        return text.codePointCount(starts[line(offset) - 1], Math.min(offset, text.length())) + 1;
    }

    /**
     * Returns the text of a line without its end.
     *
     * @param line from 1
     */
    public String text(int line) {
        int end = line < starts.length ? starts[line] : text.length();
        while (end > starts[line - 1] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(starts[line - 1], end);
    }
}
