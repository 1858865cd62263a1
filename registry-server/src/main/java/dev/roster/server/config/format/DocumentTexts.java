package dev.roster.server.config.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Texts of a document that can be replaced where they are: string values in YAML, properties, JSON and TOML; in XML and plain
 * text, which have none, what stands between two marks.
 *
 * @param texts each place once, in the order of the content; what an alias repeats has the path of its anchor
 * @param complete whether the whole document was looked at
 */
public record DocumentTexts(List<DocumentText> texts, boolean complete) {
    public DocumentTexts {
        texts = List.copyOf(texts);
    }

    /**
     * Finds texts by what they say, in formats that have values.
     *
     * @param wanted told of every value
     * @throws IllegalArgumentException if the format does not allow the document
     */
    public static DocumentTexts find(DocumentFormat format, String content, Predicate<String> wanted) {
        TextSink sink = new TextSink(format, content, wanted);
        boolean complete = DocumentProperties.read(format, content, sink);
        sink.found.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return new DocumentTexts(sink.found, complete);
    }

    /**
     * Finds what stands between two marks, in any format. The marks are part of the place and of the value.
     *
     * @param open the mark in front, which must not be within the other one
     */
    public static DocumentTexts between(String content, String open, String close) {
        LineIndex lines = new LineIndex(content);
        List<DocumentText> found = new ArrayList<>();
        int start = content.indexOf(open);
        while (start >= 0) {
            int end = content.indexOf(close, start + open.length());
            if (end < 0) {
                break;
            }
            end += close.length();
            found.add(new DocumentText("", content.substring(start, end), start, end, lines.line(start),
                    lines.column(start)));
            start = content.indexOf(open, end);
        }
        return new DocumentTexts(found, true);
    }

    /** Gathers what is wanted. */
    private static final class TextSink extends DocumentProperties.Sink {
        private final DocumentFormat format;
        private final String content;
        private final Predicate<String> wanted;
        private final LineIndex lines;
        private final List<DocumentText> found = new ArrayList<>();
        private final Set<Integer> places = new HashSet<>();
        private final boolean plainCharacters;
        private int @Nullable [] span;
        private boolean inCodePoints;

        TextSink(DocumentFormat format, String content, Predicate<String> wanted) {
            super(content);
            this.format = format;
            this.content = content;
            this.wanted = wanted;
            this.lines = new LineIndex(content);
            this.plainCharacters = content.chars().noneMatch(c -> Character.isSurrogate((char) c));
        }

        @Override
        void at(int start, int end) {
            span = new int[]{start, end};
            inCodePoints = false;
        }

        @Override
        void atCodePoints(int start, int end) {
            span = new int[]{start, end};
            inCodePoints = !plainCharacters;
        }

        @Override
        void add(int document, String path, String value) {
            super.add(document, path, value);
            int[] place = span;
            span = null;
            if (!wanted.test(value)) {
                return;
            }
            if (place == null) {
                found.add(new DocumentText(path, value, 0, -1, 1, 1));
                return;
            }
            int start = inCodePoints ? content.offsetByCodePoints(0, place[0]) : place[0];
            int end = inCodePoints ? content.offsetByCodePoints(0, place[1]) : place[1];
            if (places.add(start)) {
                found.add(text(path, value, start, end));
            }
        }

        private DocumentText text(String path, String value, int start, int end) {
            int line = lines.line(start);
            int column = lines.column(start);
            return switch (format) {
                case JSON -> new DocumentText(path, value, start, endOfString(start), line, column);
                // A tag in front of a value is part of its place, and says what the value is: it cannot stay.
                case YAML -> content.charAt(start) == '!' || content.charAt(start) == '&'
                        ? new DocumentText(path, value, start, start - 1, line, column)
                        : new DocumentText(path, value, start, withoutBlanks(start, end), line, column);
                case PROPERTIES, TOML, XML, TEXT -> new DocumentText(path, value, start, end, line, column);
            };
        }

        /** Returns where a block scalar ends: what follows its last character belongs to the document. */
        private int withoutBlanks(int start, int end) {
            int last = end;
            while (last > start && Character.isWhitespace(content.charAt(last - 1))) {
                last--;
            }
            return last;
        }

        private int endOfString(int start) {
            int at = start + 1;
            while (content.charAt(at) != '"') {
                at += content.charAt(at) == '\\' ? 2 : 1;
            }
            return at + 1;
        }
    }
}
