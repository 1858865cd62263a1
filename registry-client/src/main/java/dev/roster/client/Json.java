package dev.roster.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.api.Page;
import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of the wire: enums in lower case, times and durations as text. Fields that a newer server adds are passed over;
 * null fields are not sent. Failures are {@code JacksonException}s.
 */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL)).build();

    private Json() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static void write(OutputStream out, Object value) {
        MAPPER.writeValue(out, value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> T read(InputStream json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> Page<T> readPage(String json, Class<T> type) {
        return MAPPER.readValue(json, MAPPER.getTypeFactory().constructParametricType(Page.class, type));
    }
}
