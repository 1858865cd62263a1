package dev.roster.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * How the API reads and writes JSON. What is not understood is refused rather than passed over or guessed at: unknown and
 * duplicate fields, a string where a number belongs and the reverse, text after the document, deep nesting. Enums are in
 * lower case, absent values are left out, and fields come in the order of the record.
 */
public final class StrictJson {

    /** Deepest nesting of a body; the deepest that we know has five levels. */
    private static final int MAX_DEPTH = 32;

    /** Longest name of a field, in characters; the longest that we know are keys of metadata. */
    private static final int MAX_NAME_CHARACTERS = 1024;

    private StrictJson() {}

    /** Bounds what the parser takes. */
    public static void configure(JsonFactoryBuilder builder) {
        builder.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_CHARACTERS).maxStringLength(BodyLimitFilter.MAX_BODY_BYTES).build());
    }

    /** Sets what the mapper refuses and how it writes. */
    public static void configure(JsonMapper.Builder builder) {
        builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enumNamingStrategy((config, type, name) -> name.toLowerCase(Locale.ROOT))
                .withCoercionConfig(LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addModule(new SimpleModule().addDeserializer(Duration.class, new IsoDuration()));
    }

    /** Durations are ISO 8601 only: in a number nobody can see the unit. */
    private static final class IsoDuration extends StdScalarDeserializer<Duration> {
        IsoDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Duration) context.handleUnexpectedToken(Duration.class, parser);
            }
            try {
                return Duration.parse(parser.getString());
            } catch (DateTimeParseException e) {
                return (Duration) context.handleWeirdStringValue(Duration.class, parser.getString(), "not ISO 8601");
            }
        }
    }
}
