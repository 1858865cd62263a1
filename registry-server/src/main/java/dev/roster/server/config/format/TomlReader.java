package dev.roster.server.config.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a TOML document line by line, as TOML 1.0.0 describes it. Values are read by {@link TomlValueReader}. */
final class TomlReader {
    private static final String EXPECTED = "TOML 1.0 with each key and table once, nested at most "
            + DocumentFormat.MAX_DEPTH + " deep";

    private final TextCursor in;
    private final TomlTable root;
    private final TomlValueReader values;
    private TomlTable current;
    private int section;

    private TomlReader(String text) {
        in = new TextCursor(text);
        root = new TomlTable(text, TomlTable.Origin.FIXED, 0);
        current = root;
        values = new TomlValueReader(in, this::keys, () -> ++section);
    }

    /** Returns the first flaw, if there is one. */
    static Optional<DocumentFlaw> firstFlaw(String content) {
        try {
            read(content);
            return Optional.empty();
        } catch (FlawFoundException e) {
            return Optional.of(e.in(content, EXPECTED));
        }
    }

    /** Returns the table that the document is. */
    static TomlTable read(String content) throws FlawFoundException {
        TomlReader reader = new TomlReader(content);
        while (!reader.in.atEnd()) {
            reader.line();
        }
        return reader.root;
    }

    private void line() throws FlawFoundException {
        values.skipBlanks();
        if (in.peek() == '[') {
            header();
        } else if (in.peek() != '#' && !atLineEnd()) {
            int headerSection = section;
            TomlTable table = current;
            List<TomlKey> keys = keys();
            if (!in.accept("=")) {
                throw in.flaw("found " + in.next() + " where '=' was expected");
            }
            values.skipBlanks();
            table.put(keys, values.value(keys.size()), headerSection);
        }
        values.skipBlanks();
        values.skipComment();
        if (!atLineEnd()) {
            throw in.flaw("found " + in.next() + " where the end of the line was expected");
        }
        in.skip(in.lineEnd());
    }

    private void header() throws FlawFoundException {
        boolean element = in.accept("[[");
        if (!element) {
            in.skip(1);
        }
        List<TomlKey> keys = keys();
        String end = element ? "]]" : "]";
        if (!in.accept(end)) {
            throw in.flaw("found " + in.next() + " where '" + end + "' was expected");
        }
        section++;
        current = element ? root.defineElement(keys, section) : root.define(keys, section);
    }

    /** Reads a key, which may have several parts, and the blanks behind it. */
    private List<TomlKey> keys() throws FlawFoundException {
        List<TomlKey> keys = new ArrayList<>();
        do {
            values.skipBlanks();
            int start = in.offset();
            keys.add(new TomlKey(key(), start));
            if (keys.size() > DocumentFormat.MAX_DEPTH) {
                throw in.flaw("found a key of more than " + DocumentFormat.MAX_DEPTH + " parts");
            }
            values.skipBlanks();
        } while (in.accept("."));
        return keys;
    }

    private String key() throws FlawFoundException {
        if (in.peek() == '"' || in.peek() == '\'') {
            if (in.startsWith("\"\"\"") || in.startsWith("'''")) {
                throw in.flaw("found a string of several lines where a key was expected");
            }
            return values.string();
        }
        int start = in.offset();
        while (isBare(in.peek())) {
            in.skip(1);
        }
        if (in.offset() == start) {
            throw in.flaw("found " + in.next() + " where a key was expected");
        }
        return in.since(start);
    }

    private boolean atLineEnd() {
        return in.atEnd() || in.lineEnd() > 0;
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
