package dev.roster.server.config.format;

/**
 * The first thing that is wrong with a document.
 *
 * @param line line of the place, from 1
 * @param column column within the line, from 1, counted in code points
 * @param problem what is wrong, for a person
 * @param expected what would be accepted there
 */
public record DocumentFlaw(int line, int column, String problem, String expected) {

    /** Returns the flaw at an offset of a text, in characters. Lines end with LF, CR LF or CR. */
    public static DocumentFlaw at(String text, int offset, String problem, String expected) {
        int end = Math.min(offset, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean crBeforeLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !crBeforeLf)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new DocumentFlaw(line, text.codePointCount(lineStart, end) + 1, problem, expected);
    }
}
