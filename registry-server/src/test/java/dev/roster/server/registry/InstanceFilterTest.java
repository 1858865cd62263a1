package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceFilterTest {
    private static final RegisteredInstance INSTANCE = new RegisteredInstance(
            new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId("i:1")),
            new Registration(new Endpoint("10.0.0.7", 8080, true, Map.of()), Duration.ofSeconds(30),
                    InstanceStatus.WARNING,
                    new Traits("eu-1a", null, "1.2.3", List.of("canary", "two words"), 1,
                            Map.of("track", "blue", "a name", "say \"hi\"")),
                    List.of()),
            List.of(), Interventions.NONE, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Stability.STEADY, 7);

    @ParameterizedTest
    @ValueSource(strings = {"id == i:1", "host == \"10.0.0.7\"", "host == 10.0.0.7", "port == 8080",
            "status == warning",
            "zone == eu-1a", "zone != eu-1b", "cluster != default", "version like \"1.*\"", "version like *.3",
            "version like 1*2*3", "version like *", "not cluster like *", "metadata.track == blue",
            "metadata[\"a name\"] == \"say \\\"hi\\\"\"", "metadata.other != blue", "canary in tags",
            "\"two words\" in tags", "blue not in tags", "not blue in tags", "healthy", "secure", "not persistent",
            "healthy and secure", "persistent or secure", "not (persistent or not secure)", "(((healthy)))",
            "persistent and healthy or secure", "secure or healthy and persistent", "not not healthy",
            "  healthy\tand\nsecure  "})
    void matches(String filter) {
        assertThat(InstanceFilter.parse("filter", filter).matches(INSTANCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id == i", "host == 10.0.0.8", "status == up", "cluster == default", "version like 1.*.4",
            "version like 1.2", "metadata.other == blue", "metadata.other like *", "blue in tags", "canary not in tags",
            "not healthy", "persistent", "persistent and (healthy or secure)",
            "(persistent or healthy) and not secure"})
    void doesNotMatch(String filter) {
        assertThat(InstanceFilter.parse("filter", filter).matches(INSTANCE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                    | character 1  | comparison
            zone                  | character 5  | ==
            zone =                | character 6  | ==
            zone == 'a'           | character 9  | quotes
            zone == "a            | character 9  | closing
            zone == and           | character 9  | word
            zone == a b           | character 11 | and, or
            colour == red         | character 1  | comparison
            healthy and           | character 12 | comparison
            (healthy              | character 9  | )
            healthy)              | character 8  | and, or
            metadata == a         | character 10 | [
            metadata. == a        | character 1  | comparison
            metadata["a" == b     | character 14 | ]
            "a" in cities         | character 8  | tags
            "a" == zone           | character 5  | in
            healthy & secure      | character 9  | word
            """)
    void refusesWhatItDoesNotUnderstand(String filter, String place, String expected) {
        assertThatThrownBy(() -> InstanceFilter.parse("filter", filter)).isInstanceOfSatisfying(
                InvalidArgumentException.class,
                e -> {
                    assertThat(e.field()).isEqualTo("filter");
                    assertThat(e.value()).isEqualTo(filter);
                    assertThat(e.expected()).endsWith(place).contains(expected);
                });
    }

    @Test
    void boundsFilters() {
        String longest = "zone == \"" + "x".repeat(1014) + "\"";
        assertThat(InstanceFilter.parse("filter", longest).matches(INSTANCE)).isFalse();
        assertThatThrownBy(() -> InstanceFilter.parse("filter", longest + " "))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("1024 characters");
        assertThat(InstanceFilter.parse("filter", "(".repeat(15) + "healthy" + ")".repeat(15)).matches(INSTANCE))
                .isTrue();
        assertThatThrownBy(() -> InstanceFilter.parse("filter", "(".repeat(17) + "healthy"))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("nesting");
        assertThatThrownBy(() -> InstanceFilter.parse("filter", "not ".repeat(17) + "healthy"))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("nesting");
    }

    @Test
    void matchesPatternsAsASearchThroughAllSplitsDoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*", 6);
            String text = text(random, "ab", 8);

            assertThat(new Wildcard(pattern).matches(text)).as("%s like %s, seed %d", text, pattern, seed)
                    .isEqualTo(matches(pattern, text));
        }
    }

    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) != '*') {
            return !text.isEmpty() && text.charAt(0) == pattern.charAt(0)
                    && matches(pattern.substring(1), text.substring(1));
        }
        return matches(pattern.substring(1), text) || (!text.isEmpty() && matches(pattern, text.substring(1)));
    }

    private static String text(Random random, String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
