package dev.roster.server.config.format;

import java.util.HexFormat;

/** Reads the four kinds of strings of a TOML document (TOML 1.0, "String"). */
final class TomlStringReader {
    private final TextCursor in;

    TomlStringReader(TextCursor in) {
        this.in = in;
    }

    /** Reads a string of any kind. */
    String valueString() throws FlawFoundException {
        if (in.startsWith("\"\"\"")) {
            return lines("\"\"\"", true);
        }
        return in.startsWith("'''") ? lines("'''", false) : lineString();
    }

    /** Reads a string of one line. */
    String lineString() throws FlawFoundException {
        int start = in.offset();
        char quote = in.peek();
        StringBuilder read = new StringBuilder();
        in.skip(1);
        while (in.peek() != quote) {
            if (in.atEnd() || in.peek() == '\n' || in.peek() == '\r') {
                throw new FlawFoundException(start, "found a string that does not end in its line");
            }
            character(read, quote == '"');
        }
        in.skip(1);
        return read.toString();
    }

    /** Tells whether a character may stand in no string and no comment: a control character other than TAB. */
    static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 0x7F;
    }

    private String lines(String quotes, boolean escapes) throws FlawFoundException {
        int start = in.offset();
        StringBuilder read = new StringBuilder();
        in.skip(3);
        // The end of the line right behind the quotes is no part of the string.
        in.skip(in.lineEnd());
        while (!in.startsWith(quotes)) {
            if (in.atEnd()) {
                throw new FlawFoundException(start, "found a string that does not end");
            }
            if (in.lineEnd() > 0) {
                in.skip(in.lineEnd());
                read.append('\n');
            } else if (!escapes || !joinsLines()) {
                character(read, escapes);
            }
        }
        in.skip(3);
        // Up to two more quotes belong to the string.
        for (int i = 0; i < 2 && in.peek() == quotes.charAt(0); i++) {
            read.append(quotes.charAt(0));
            in.skip(1);
        }
        return read.toString();
    }

    private void character(StringBuilder read, boolean escapes) throws FlawFoundException {
        char c = in.peek();
        if (isControl(c)) {
            throw in.flaw("found " + in.next() + " in a string");
        }
        if (c == '\\' && escapes) {
            escape(read);
        } else {
            read.append(c);
            in.skip(1);
        }
    }

    private void escape(StringBuilder read) throws FlawFoundException {
        int start = in.offset();
        in.skip(1);
        char c = in.peek();
        switch (c) {
            case 'b' -> read.append('\b');
            case 't' -> read.append('\t');
            case 'n' -> read.append('\n');
            case 'f' -> read.append('\f');
            case 'r' -> read.append('\r');
            case '"', '\\' -> read.append(c);
            case 'u' -> unicode(read, start, 4);
            case 'U' -> unicode(read, start, 8);
            default -> throw new FlawFoundException(start, "found an escape that TOML does not have");
        }
        in.skip(1);
    }

    private void unicode(StringBuilder read, int start, int digits) throws FlawFoundException {
        int codePoint = 0;
        for (int i = 0; i < digits; i++) {
            in.skip(1);
            if (!HexFormat.isHexDigit(in.peek()) || codePoint > Character.MAX_CODE_POINT >> 4) {
                throw new FlawFoundException(start, "found a malformed Unicode escape");
            }
            codePoint = codePoint << 4 | HexFormat.fromHexDigit(in.peek());
        }
        if (!Character.isValidCodePoint(codePoint) || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
            throw new FlawFoundException(start, "found an escape that is no Unicode character");
        }
        read.appendCodePoint(codePoint);
    }

    /** Moves over a backslash at the end of a line and all blanks and ends of lines behind it, if it comes next. */
    private boolean joinsLines() {
        int ahead = 1;
        while (in.peek(ahead) == ' ' || in.peek(ahead) == '\t') {
            ahead++;
        }
        boolean atLineEnd = in.peek(ahead) == '\n' || (in.peek(ahead) == '\r' && in.peek(ahead + 1) == '\n');
        if (in.peek() != '\\' || !atLineEnd) {
            return false;
        }
        in.skip(ahead);
        while (in.peek() == ' ' || in.peek() == '\t' || in.lineEnd() > 0) {
            in.skip(Math.max(1, in.lineEnd()));
        }
        return true;
    }
}
