package dev.roster.server.config.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Reads the values of a TOML document, with strings left to {@link TomlStringReader}. */
final class TomlValueReader {
    private final TextCursor in;
    private final KeyReader keys;
    private final IntSupplier sections;
    private final TomlStringReader strings;

    /**
     * Makes the reader.
     *
     * @param keys reads the key of an entry of an inline table
     * @param sections numbers each inline table
     */
    TomlValueReader(TextCursor in, KeyReader keys, IntSupplier sections) {
        this.in = in;
        this.keys = keys;
        this.sections = sections;
        this.strings = new TomlStringReader(in);
    }

    /** Reads a key with all its parts. */
    @FunctionalInterface
    interface KeyReader {
        List<TomlKey> read() throws FlawFoundException;
    }

    /**
     * Reads a value.
     *
     * @param depth how deep it is, 1 for a value at the top
     */
    TomlNode value(int depth) throws FlawFoundException {
        if (depth > DocumentFormat.MAX_DEPTH) {
            throw in.flaw("found nesting of more than " + DocumentFormat.MAX_DEPTH + " levels");
        }
        return switch (in.peek()) {
            case '"', '\'' -> string(in.offset());
            case '[' -> array(depth);
            case '{' -> inlineTable(depth);
            default -> scalar();
        };
    }

    private TomlNode string(int start) throws FlawFoundException {
        String text = strings.valueString();
        return new TomlNode.Scalar(text, true, start, in.offset());
    }

    /** Reads a string of one line. */
    String string() throws FlawFoundException {
        return strings.lineString();
    }

    void skipBlanks() {
        while (in.peek() == ' ' || in.peek() == '\t') {
            in.skip(1);
        }
    }

    /** Moves over a comment, up to the end of the line, if there is one. */
    void skipComment() throws FlawFoundException {
        if (in.peek() != '#') {
            return;
        }
        while (!in.atEnd() && in.lineEnd() == 0) {
            if (TomlStringReader.isControl(in.peek())) {
                throw in.flaw("found " + in.next() + " in a comment");
            }
            in.skip(1);
        }
    }

    private TomlNode array(int depth) throws FlawFoundException {
        in.skip(1);
        List<TomlNode> elements = new ArrayList<>();
        skipSpace();
        while (!in.accept("]")) {
            elements.add(value(depth + 1));
            skipSpace();
            if (!in.accept(",") && in.peek() != ']') {
                throw in.flaw("found " + in.next() + " where ',' or ']' was expected");
            }
            skipSpace();
        }
        return new TomlNode.Array(elements, false);
    }

    private TomlNode inlineTable(int depth) throws FlawFoundException {
        in.skip(1);
        int section = sections.getAsInt();
        TomlTable table = new TomlTable(in.text(), TomlTable.Origin.FIXED, section);
        skipBlanks();
        if (!in.accept("}")) {
            do {
                skipBlanks();
                List<TomlKey> key = keys.read();
                if (!in.accept("=")) {
                    throw in.flaw("found " + in.next() + " where '=' was expected");
                }
                skipBlanks();
                table.put(key, value(depth + key.size()), section);
                skipBlanks();
            } while (in.accept(","));
            if (!in.accept("}")) {
                throw in.flaw("found " + in.next() + " where ',' or '}' was expected");
            }
        }
        table.close();
        return table;
    }

    private TomlNode scalar() throws FlawFoundException {
        int start = in.offset();
        while (isWord(in.peek())) {
            in.skip(1);
        }
        // A blank may stand between the date and the time.
        if (in.since(start).length() == 10 && in.peek() == ' ' && isDigit(in.peek(1))
                && in.since(start).charAt(4) == '-') {
            in.skip(1);
            while (isWord(in.peek())) {
                in.skip(1);
            }
        }
        String word = in.since(start);
        if (word.isEmpty()) {
            throw in.flaw("found " + in.next() + " where a value was expected");
        }
        return new TomlNode.Scalar(TomlScalar.read(word)
                .orElseThrow(() -> new FlawFoundException(start, "found " + word + ", which is no value")), false,
                start,
                in.offset());
    }

    /** Moves over blanks, ends of lines and comments, which are allowed within a list. */
    private void skipSpace() throws FlawFoundException {
        while (true) {
            skipBlanks();
            skipComment();
            if (in.lineEnd() == 0) {
                return;
            }
            in.skip(in.lineEnd());
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "_-+.:".indexOf(c) >= 0;
    }
}
