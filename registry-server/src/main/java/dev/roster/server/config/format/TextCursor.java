package dev.roster.server.config.format;

/** A place in a text that only moves on. For one thread. */
final class TextCursor {

    /** What {@link #peek} returns behind the end; no text holds it, as it is half of a surrogate pair. */
    static final char END = '\uDFFF';

    private final String text;
    private int at;

    TextCursor(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    int offset() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** Returns the next character without moving, {@link #END} behind the last one. */
    char peek() {
        return peek(0);
    }

    /** Returns a character further on without moving, {@link #END} behind the last one. */
    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    boolean startsWith(String token) {
        return text.startsWith(token, at);
    }

    void skip(int characters) {
        at = Math.min(text.length(), at + characters);
    }

    /** Moves over a token if it comes next. */
    boolean accept(String token) {
        boolean found = startsWith(token);
        if (found) {
            at += token.length();
        }
        return found;
    }

    /** Returns the length of the LF or CR LF that comes next, 0 if neither does. */
    int lineEnd() {
        return peek() == '\n' ? 1 : startsWith("\r\n") ? 2 : 0;
    }

    /** Returns the text from an offset to here. */
    String since(int start) {
        return text.substring(start, at);
    }

    /** Returns the exception that says what is wrong here. */
    FlawFoundException flaw(String problem) {
        return new FlawFoundException(at, problem);
    }

    /** Returns how to name what comes next to a person. */
    String next() {
        if (atEnd()) {
            return "the end of the document";
        }
        int codePoint = text.codePointAt(at);
        return switch (codePoint) {
            case '\n' -> "the end of the line";
            case '\r' -> "a carriage return";
            case '\t' -> "a TAB";
            default -> codePoint < ' ' || codePoint == 0x7F
                    ? String.format("character U+%04X", codePoint)
                    : "'" + Character.toString(codePoint) + "'";
        };
    }
}
