package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {
    private final JsonMapper json = mapper();

    /** One field of each type that the wire has. */
    record Sample(@Nullable String zebra, @Nullable Level level, @Nullable Duration ttl, @Nullable Instant at,
            @Nullable Integer port, @Nullable Long revision, @Nullable Boolean secure,
            @Nullable Map<String, String> metadata, @Nullable List<Sample> children) {}

    enum Level {
        READER, ROLLED_BACK
    }

    @Test
    void writesInTheOrderOfTheRecordWithoutWhatIsAbsent() {
        Sample sample = new Sample("z", Level.ROLLED_BACK, Duration.ofSeconds(90),
                Instant.parse("2026-11-21T10:00:00.5Z"), 7400, null, true, Map.of(), null);

        assertThat(json.writeValueAsString(sample)).isEqualTo("{\"zebra\":\"z\",\"level\":\"rolled_back\","
                + "\"ttl\":\"PT1M30S\",\"at\":\"2026-11-21T10:00:00.500Z\",\"port\":7400,\"secure\":true,\"metadata\":{}}");
    }

    @Test
    void readsWhatItWrote() {
        Sample sample = new Sample("z", Level.READER, Duration.ofDays(400), Instant.parse("2026-11-21T10:00:00Z"),
                7400, Long.MAX_VALUE, false, Map.of("zone", "a"), List.of());

        assertThat(json.readValue(json.writeValueAsString(sample), Sample.class)).isEqualTo(sample);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"level\":\"READER\"}", "{\"level\":\"Rolled_Back\"}", "{\"level\":0}",
            "{\"level\":\"\"}",
            "{\"ttl\":30}", "{\"ttl\":\"30\"}", "{\"ttl\":\"\"}", "{\"port\":\"7400\"}", "{\"port\":80.5}",
            "{\"port\":9999999999}", "{\"port\":true}", "{\"secure\":\"true\"}", "{\"secure\":1}", "{\"zebra\":7}",
            "{\"zebra\":true}", "{\"zebra\":{}}", "{\"metadata\":{\"a\":1}}", "{\"metadata\":[]}", "{\"children\":{}}",
            "{\"unknown\":1}", "{\"zebra\":\"a\",\"zebra\":\"b\"}", "{\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}", "{} {}",
            "{}x", "{\"port\":1,}", "{'port':1}", "{port:1}", "{\"port\":01}", "{\"port\":NaN}", "// no\n{}",
            "\"text\"", "7", "[{}]"})
    void refusesWhatItWouldHaveToGuess(String text) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> json.readValue(text, Sample.class));
    }

    @Test
    void refusesDeepNestingBeforeItCosts() {
        String deep = "{\"children\":[".repeat(20) + "]}".repeat(20);

        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> json.readValue(deep, Sample.class))
                .withMessageContaining("nesting depth");
    }

    private static JsonMapper mapper() {
        JsonFactoryBuilder factory = JsonFactory.builder();
        StrictJson.configure(factory);
        JsonMapper.Builder builder = JsonMapper.builder(factory.build());
        StrictJson.configure(builder);
        return builder.build();
    }
}
