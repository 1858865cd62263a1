package dev.roster.server.config.format;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The values of a document as they are typed: maps with texts as keys, lists, texts, numbers, truth values and null. Times are
 * texts. Of properties, what looks like a number or a truth value is one, and names are taken apart at dots and brackets.
 *
 * @param documents one for each document of the content; none of XML and plain text
 */
public record DocumentTree(List<Map<String, @Nullable Object>> documents) {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}\\.[0-9]{1,40}([eE][+-]?[0-9]{1,3})?");
    private static final Pattern PART = Pattern.compile("\\.|(?=\\[)");

    public DocumentTree {
        documents = List.copyOf(documents);
    }

    /**
     * Reads a document that its format allows.
     *
     * @throws IllegalArgumentException if its format does not allow it
     */
    public static DocumentTree read(DocumentFormat format, String content) {
        try {
            return new DocumentTree(switch (format) {
                case YAML -> yaml(content);
                case PROPERTIES -> properties(content);
                case JSON -> List.of(json(content));
                case TOML -> List.of(map(TomlReader.read(content)));
                case XML, TEXT -> List.of();
            });
        } catch (FlawFoundException e) {
            throw new IllegalArgumentException("not " + format + ": " + e.getMessage(), e);
        }
    }

    private static List<Map<String, @Nullable Object>> yaml(String content) {
        LoaderOptions options = YamlCheck.options();
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(new Texts(options), new Representer(unused), unused, options);
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (Object document : yaml.loadAll(new StringReader(content))) {
            if (document instanceof Map<?, ?> map) {
                documents.add(texts(map));
            }
        }
        return documents;
    }

    private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(key instanceof String text ? text : "[" + key + "]", value(value)));
        return texts;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> texts(map);
            case List<?> list -> {
                List<@Nullable Object> values = new ArrayList<>();
                list.forEach(one -> values.add(value(one)));
                yield values;
            }
            case null -> null;
            default -> value;
        };
    }

    /** Leaves times as they are written, as Spring Boot does. */
    private static final class Texts extends SafeConstructor {
        Texts(LoaderOptions options) {
            super(options);
            yamlConstructors.put(Tag.TIMESTAMP, yamlConstructors.get(Tag.STR));
        }
    }

    private static Map<String, @Nullable Object> json(String content) {
        try (JsonParser parser = JsonCheck.FACTORY.createParser(ObjectReadContext.empty(), content)) {
            parser.nextToken();
            return object(parser);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> typed(parser.getString());
            default -> parser.getString();
        };
    }

    private static Map<String, @Nullable Object> map(TomlTable table) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        table.entries().forEach((key, entry) -> map.put(key, value(entry.value())));
        return map;
    }

    private static Object value(TomlNode node) {
        return switch (node) {
            case TomlTable table -> map(table);
            case TomlNode.Array array -> array.elements().stream().map(DocumentTree::value).toList();
            case TomlNode.Scalar scalar -> scalar.isString() ? scalar.text() : typed(scalar.text());
        };
    }

    private static List<Map<String, @Nullable Object>> properties(String content) {
        Map<Integer, Map<String, @Nullable Object>> documents = new LinkedHashMap<>();
        for (DocumentProperty property : DocumentProperties.read(DocumentFormat.PROPERTIES, content).properties()) {
            put(documents.computeIfAbsent(property.document(), _ -> new LinkedHashMap<>()),
                    PART.split(property.path(), DocumentFormat.MAX_DEPTH), 0, typed(property.value()));
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Map<String, @Nullable Object> document : documents.values()) {
            all.add(lists(document));
        }
        return all;
    }

    /** Puts a value where its name leads; what stood there as a value makes room for what is below it. */
    @SuppressWarnings("unchecked")
    private static void put(Map<String, @Nullable Object> map, String[] parts, int at, Object value) {
        if (at == parts.length - 1) {
            map.putIfAbsent(parts[at], value);
            return;
        }
        Object below = map.get(parts[at]);
        if (!(below instanceof Map)) {
            below = new LinkedHashMap<String, @Nullable Object>();
            map.put(parts[at], below);
        }
        put((Map<String, @Nullable Object>) below, parts, at + 1, value);
    }

    /** Makes lists of maps whose keys are indexes. */
    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> lists(Map<String, @Nullable Object> map) {
        map.replaceAll((_, value) -> {
            if (!(value instanceof Map)) {
                return value;
            }
            Map<String, @Nullable Object> below = lists((Map<String, @Nullable Object>) value);
            boolean isList = below.keySet().stream().allMatch(key -> key.matches("\\[[0-9]+]"));
            return isList ? new ArrayList<>(below.values()) : below;
        });
        return map;
    }

    /** Returns what a text without quotes says. */
    private static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (WHOLE.matcher(text).matches()) {
            return new BigInteger(text);
        }
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
