package dev.roster.server.config.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/**
 * The properties of a document, each with its place. Nested keys are joined by dots, elements of lists are numbered in
 * brackets, as Spring Boot does it. Empty mappings have no properties; nor have XML and plain text.
 *
 * @param properties in the order of the document, at most {@value #MAX_PROPERTIES}, with values of
 *     {@value #MAX_CHARACTERS} characters together
 * @param complete whether these are all of them
 */
public record DocumentProperties(List<DocumentProperty> properties, boolean complete) {

    /**
     * Most properties that are read from one document. A document of 1 MiB without aliases can have some more, of a few
     * characters each; nobody would read them.
     */
    public static final int MAX_PROPERTIES = 50_000;

    /**
     * Most characters of all values together: four times what a document may have. Only aliases make more of it, and could
     * make gigabytes.
     */
    public static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    public DocumentProperties {
        properties = List.copyOf(properties);
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if its format does not allow it
     */
    public static DocumentProperties read(DocumentFormat format, String content) {
        Sink sink = new Sink(content);
        boolean complete = read(format, content, sink);
        return new DocumentProperties(sink.properties, complete);
    }

    /** Has a sink take the properties of a document, and tells whether it took all of them. */
    static boolean read(DocumentFormat format, String content, Sink sink) {
        try {
            switch (format) {
                case YAML -> YamlProperties.read(content, sink);
                case PROPERTIES -> PropertiesCheck.read(content, sink);
                case JSON -> json(content, sink);
                case TOML -> toml("", TomlReader.read(content), sink);
                case XML, TEXT -> {
                }
            }
            return true;
        } catch (SinkFullException e) {
            return false;
        } catch (FlawFoundException e) {
            throw new IllegalArgumentException("not " + format + ": " + e.getMessage(), e);
        }
    }

    /** Returns the path of a key below another; both may be empty. */
    static String join(String path, String key) {
        return path.isEmpty() ? key : key.startsWith("[") ? path + key : path + "." + key;
    }

    private static void toml(String path, TomlNode node, Sink sink) {
        if (node instanceof TomlTable table) {
            for (Map.Entry<String, TomlTable.Entry> entry : table.entries().entrySet()) {
                sink.moveTo(entry.getValue().offset());
                toml(join(path, entry.getKey()), entry.getValue().value(), sink);
            }
        } else if (node instanceof TomlNode.Array array) {
            for (int i = 0; i < array.elements().size(); i++) {
                toml(path + "[" + i + "]", array.elements().get(i), sink);
            }
        } else if (node instanceof TomlNode.Scalar scalar) {
            sink.at(scalar.start(), scalar.end());
            sink.add(0, path, scalar.text());
        }
    }

    private static void json(String content, Sink sink) {
        try (JsonParser parser = JsonCheck.FACTORY.createParser(ObjectReadContext.empty(), content)) {
            parser.nextToken();
            jsonValue("", parser, sink);
        }
    }

    /** Reads the value that begins with the current token, and ends at its last one. */
    private static void jsonValue(String path, JsonParser parser, Sink sink) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    TokenStreamLocation where = parser.currentTokenLocation();
                    String key = parser.currentName();
                    sink.moveTo(where.getLineNr(), where.getColumnNr());
                    parser.nextToken();
                    jsonValue(join(path, key), parser, sink);
                }
            }
            case START_ARRAY -> {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    TokenStreamLocation where = parser.currentTokenLocation();
                    sink.moveTo(where.getLineNr(), where.getColumnNr());
                    jsonValue(path + "[" + i + "]", parser, sink);
                }
            }
            case VALUE_NULL -> sink.add(0, path, "");
            default -> {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                sink.at(start, start);
                sink.add(0, path, parser.getString());
            }
        }
    }

    /** Ends a reading when there are too many properties; never leaves this package. */
    static final class SinkFullException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SinkFullException() {
            super("too many properties", null, false, false);
        }
    }

    /** Takes the properties of a document, at the place that was named last. */
    static class Sink {
        private final List<DocumentProperty> properties = new ArrayList<>();
        private final LineIndex lines;
        private int line = 1;
        private int column = 1;
        private int characters;

        Sink(String content) {
            lines = new LineIndex(content);
        }

        void moveTo(int offset) {
            line = lines.line(offset);
            column = lines.column(offset);
        }

        void moveTo(int newLine, int newColumn) {
            line = newLine;
            column = newColumn;
        }

        /**
         * Says where the text of the next property is in the content, quotes and all. Of JSON only the beginning is right: the
         * parser does not know how long a string is as it is written.
         */
        void at(int start, int end) {}

        /** Says so in code points. */
        void atCodePoints(int start, int end) {}

        void add(int document, String path, String value) {
            characters += value.length();
            if (properties.size() == MAX_PROPERTIES || characters > MAX_CHARACTERS) {
                throw new SinkFullException();
            }
            properties.add(new DocumentProperty(document, path, value, line, column));
        }
    }
}
