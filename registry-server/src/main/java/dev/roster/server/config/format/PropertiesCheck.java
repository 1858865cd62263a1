package dev.roster.server.config.format;

import dev.roster.server.config.format.DocumentProperties.Sink;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a properties document as {@link java.util.Properties#load(java.io.Reader)} does, but refuses what that takes in
 * silence or without a place: a key twice in one document and a Unicode escape that is not four hexadecimal digits.
 */
final class PropertiesCheck {
    private static final String EXPECTED = "properties with each key once in a document and Unicode escapes of four "
            + "hexadecimal digits";

    private PropertiesCheck() {}

    /** Returns the first flaw, if there is one. */
    static Optional<DocumentFlaw> firstFlaw(String content) {
        try {
            new Reading(content, (document, offset, key, value, start, end) -> {}).document();
            return Optional.empty();
        } catch (FlawFoundException e) {
            return Optional.of(e.in(content, EXPECTED));
        }
    }

    /** Reads the properties of a document. */
    static void read(String content, Sink sink) throws FlawFoundException {
        new Reading(content, (document, offset, key, value, start, end) -> {
            sink.moveTo(offset);
            sink.at(start, end);
            sink.add(document, key, value);
        }).document();
    }

    /** Takes what is read, with where the value is. */
    @FunctionalInterface
    private interface Entries {
        void take(int document, int offset, String key, String value, int valueStart, int valueEnd);
    }

    /** One pass over a document. */
    private static final class Reading {
        private final String text;
        private final Map<String, Integer> keys = new HashMap<>();
        private final Entries entries;
        private int at;
        private int document;

        Reading(String text, Entries entries) {
            this.text = text;
            this.entries = entries;
        }

        void document() throws FlawFoundException {
            while (at < text.length()) {
                skipBlanks();
                if (at == text.length()) {
                    return;
                }
                char c = text.charAt(at);
                if (isLineEnd(c)) {
                    at++;
                } else if (c == '#' || c == '!') {
                    comment();
                } else {
                    entry();
                }
            }
        }

        private void comment() {
            int start = at;
            while (at < text.length() && !isLineEnd(text.charAt(at))) {
                at++;
            }
            boolean atLineStart = start == 0 || isLineEnd(text.charAt(start - 1));
            if (atLineStart && text.substring(start + 1, at).stripTrailing().equals("---")) {
                keys.clear();
                document++;
            }
        }

        private void entry() throws FlawFoundException {
            int start = at;
            String key = unescape(this::endsKey);
            skipBlanks();
            if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
                at++;
                skipBlanks();
            }
            int valueStart = at;
            String value = unescape(c -> false);
            Integer before = keys.putIfAbsent(key, start);
            if (before != null) {
                DocumentFlaw first = DocumentFlaw.at(text, before, "", "");
                throw new FlawFoundException(start,
                        "found duplicate key " + key + ", first given in line " + first.line());
            }
            entries.take(document, start, key, value, valueStart, at);
        }

        /** Reads to the end of the logical line, or up to a character that ends it, and returns what was read. */
        private String unescape(End end) throws FlawFoundException {
            StringBuilder read = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (isLineEnd(c) || end.test(c)) {
                    break;
                }
                at++;
                if (c != '\\') {
                    read.append(c);
                } else if (at < text.length()) {
                    escape(read);
                }
            }
            return read.toString();
        }

        /** Reads what follows a backslash. */
        private void escape(StringBuilder read) throws FlawFoundException {
            char c = text.charAt(at++);
            switch (c) {
                case '\r', '\n' -> {
                    if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
                        at++;
                    }
                    skipBlanks();
                }
                case 'u' -> read.append(unicode());
                case 't' -> read.append('\t');
                case 'n' -> read.append('\n');
                case 'r' -> read.append('\r');
                case 'f' -> read.append('\f');
                default -> read.append(c);
            }
        }

        private char unicode() throws FlawFoundException {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                if (at + i >= text.length() || !HexFormat.isHexDigit(text.charAt(at + i))) {
                    throw new FlawFoundException(at - 2, "found a malformed Unicode escape");
                }
                value = value * 16 + HexFormat.fromHexDigit(text.charAt(at + i));
            }
            at += 4;
            return (char) value;
        }

        private boolean endsKey(char c) {
            return c == '=' || c == ':' || isBlank(c);
        }

        private void skipBlanks() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\f';
        }

        private static boolean isLineEnd(char c) {
            return c == '\n' || c == '\r';
        }

        /** Tells whether a character, met without a backslash before it, ends what is read. */
        @FunctionalInterface
        private interface End {
            boolean test(char c);
        }
    }
}
