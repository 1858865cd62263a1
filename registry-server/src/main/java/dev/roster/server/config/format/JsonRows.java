package dev.roster.server.config.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/**
 * A JSON array of objects, such as other programs export. Of each object the fields that are texts, numbers or truth values
 * are read; others are passed over.
 *
 * @param rows the objects, in their order, up to the flaw
 * @param flaw what is wrong, null if nothing is
 */
public record JsonRows(List<Row> rows, @Nullable DocumentFlaw flaw) {
    public JsonRows {
        rows = List.copyOf(rows);
    }

    /**
     * An object.
     *
     * @param line the line that it begins in, from 1
     * @param fields its fields by name
     */
    public record Row(int line, Map<String, String> fields) {}

    /**
     * Reads an array.
     *
     * @param maxRows most objects; more are a flaw
     */
    public static JsonRows read(String content, int maxRows) {
        List<Row> rows = new ArrayList<>();
        try (JsonParser parser = JsonCheck.FACTORY.createParser(ObjectReadContext.empty(), content)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return flawed(rows, parser, "found something else", "a JSON array of objects");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                if (rows.size() == maxRows) {
                    return flawed(rows, parser, "found more than " + maxRows + " objects", "at most as many");
                }
                rows.add(row(parser));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
                return flawed(rows, parser, "found something else",
                        "an object, or the end of the array and of the text");
            }
            return new JsonRows(rows, null);
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            return new JsonRows(rows, new DocumentFlaw(where == null ? 1 : Math.max(1, where.getLineNr()),
                    where == null ? 1 : Math.max(1, where.getColumnNr()), JsonCheck.firstLine(e.getOriginalMessage()),
                    "a JSON array of objects (RFC 8259) without duplicate keys"));
        }
    }

    private static Row row(JsonParser parser) {
        int line = parser.currentTokenLocation().getLineNr();
        Map<String, String> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                fields.put(name, parser.getString());
            }
        }
        return new Row(line, fields);
    }

    private static JsonRows flawed(List<Row> rows, JsonParser parser, String problem, String expected) {
        TokenStreamLocation where = parser.currentTokenLocation();
        return new JsonRows(rows, new DocumentFlaw(Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()),
                problem, expected));
    }
}
