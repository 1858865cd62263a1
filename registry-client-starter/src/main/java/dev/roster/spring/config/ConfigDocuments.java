package dev.roster.spring.config;

import dev.roster.api.config.ConfigItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Turns the content of configuration items into property sources, as Boot would a file of that format. */
final class ConfigDocuments {

    /** What the server puts in place of a secret for those who may not read it: never the value of a property. */
    private static final String MASK = "{cipher}***";

    private ConfigDocuments() {}

    /**
     * Parses an item.
     *
     * @param name name of the property source
     * @return one for each document of the content, later ones win; of TOML, XML and plain text an empty one
     * @throws RosterConfigInvalidException if it does not parse, or its secrets are masked
     */
    static List<PropertySource<?>> parse(String name, ConfigItem item) {
        if (item.content().contains(MASK)) {
            throw new RosterConfigInvalidException(item);
        }
        List<PropertySource<?>> sources;
        try {
            sources = switch (item.format()) {
                case YAML -> new YamlPropertySourceLoader().load(name, resource(item));
                case PROPERTIES ->
                    new PropertiesPropertySourceLoader().load(name, resource(item), StandardCharsets.UTF_8);
                case JSON -> List.of(new MapPropertySource(name, json(item)));
                case TOML, XML, TEXT -> List.of();
            };
        } catch (IOException | RuntimeException e) {
            // Each parser has exceptions of its own, some of them errors of indexing.
            throw new RosterConfigInvalidException(item, e);
        }
        return sources.isEmpty() ? List.of(new MapPropertySource(name, Map.of())) : sources;
    }

    private static Map<String, Object> json(ConfigItem item) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flatten("", JsonParserFactory.getJsonParser().parseMap(item.content()), flat);
        return flat;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, nested) -> flatten(path.isEmpty() ? "" + key : path + "." + key, nested, flat));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), flat);
            }
        } else {
            flat.put(path, value == null ? "" : value);
        }
    }

    private static ByteArrayResource resource(ConfigItem item) {
        return new Content(item);
    }

    /** The content as Boot reads it; its description is what Actuator shows as the origin of a property. */
    private static final class Content extends ByteArrayResource {
        private final String description;

        Content(ConfigItem item) {
            super(item.content().getBytes(StandardCharsets.UTF_8));
            description = "configuration '" + item.name() + "' of Roster's namespace '" + item.namespace()
                    + "', version "
                    + item.version();
        }

        @Override
        public String getDescription() {
            return description;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content that && super.equals(other) && description.equals(that.description);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
