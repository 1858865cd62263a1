package dev.roster.server.config.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.Publication;
import dev.roster.server.config.VersionNotFoundException;
import dev.roster.server.config.effective.EffectiveConfig.Source;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveConfigsTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller READER = Callers.of(Role.READER);
    private static final NamespaceName TEST = new NamespaceName("test");

    private final LocalStore local = new LocalStore();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());
    private final EffectiveConfigs configs = new EffectiveConfigs(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void letsLaterItemsWinAndSaysWhereFrom() {
        put(NamespaceName.DEFAULT, "application", DocumentFormat.YAML, "a: 1\nb: 1\nc: 1\n");
        put(NamespaceName.DEFAULT, "application-eu", DocumentFormat.PROPERTIES, "b=2\n");
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.JSON, "{\"b\": 3,\n \"c\": 3}");
        put(NamespaceName.DEFAULT, "orders-eu", DocumentFormat.YAML, "c: 4\n");
        put(NamespaceName.DEFAULT, "orders-prod", DocumentFormat.YAML, "c: 5\n");
        put(NamespaceName.DEFAULT, "orders-prod", DocumentFormat.YAML, "x: 0\nc: 6\n");

        EffectiveConfig config = configs.get(READER, target("orders", "eu", "prod"), "");

        assertThat(config.complete()).isTrue();
        assertThat(config.revision()).isEqualTo(local.revision());
        assertThat(config.items()).containsExactly(source("application", 1L), source("application-eu", 1L),
                source("application-prod", null), source("orders", 1L), source("orders-eu", 1L),
                source("orders-prod", 2L));
        assertThat(config.properties()).extracting(EffectiveProperty::name).containsExactly("a", "b", "c", "x");
        EffectiveProperty b = config.properties().get(1);
        assertThat(b.chosen()).isEqualTo(origin("3", "orders", 1, 1, 2));
        assertThat(b.overridden()).containsExactly(origin("2", "application-eu", 1, 1, 1),
                origin("1", "application", 1, 2, 1));
        assertThat(config.properties().get(2).chosen()).isEqualTo(origin("6", "orders-prod", 2, 2, 1));
        assertThat(configs.get(READER, target("orders", "eu", "prod"), "c").properties()).hasSize(1);
    }

    @Test
    void countsOnlyDocumentsWhoseConditionHolds() {
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.YAML, """
                a: 1
                ---
                spring.config.activate.on-profile: prod & !eu
                a: 2
                ---
                spring:
                  config:
                    activate:
                      on-profile: [test, eu]
                a: 3
                """);

        assertThat(chosen("orders")).isEqualTo("1");
        assertThat(chosen("orders", "prod")).isEqualTo("2");
        assertThat(chosen("orders", "prod", "eu")).isEqualTo("3");
        assertThat(configs.get(READER, target("orders", "eu"), "spring").properties()).isEmpty();
    }

    @Test
    void leavesOutWhatTheStarterMakesNoPropertiesOf() {
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.TOML, "a = 1\n");

        EffectiveConfig config = configs.get(READER, target("orders"), "");

        assertThat(config.properties()).isEmpty();
        assertThat(config.items()).contains(source("orders", 1L));
    }

    @Test
    void boundsItsAnswers() {
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.YAML,
                "a: &a " + "x".repeat(1_000_000) + "\nb: [*a, *a, *a]\n");
        put(NamespaceName.DEFAULT, "orders-eu", DocumentFormat.YAML, "c: " + "x".repeat(1_000_000));
        put(NamespaceName.DEFAULT, "orders-prod", DocumentFormat.JSON, "{\"z\": [" + "0,".repeat(30_000) + "0]}");

        EffectiveConfig config = configs.get(READER, target("orders", "eu", "prod"), "");

        assertThat(config.complete()).isFalse();
        assertThat(config.properties()).hasSize(EffectiveConfigs.MAX_PROPERTIES);
        assertThat(configs.get(READER, target("orders", "eu", "prod"), "b").complete()).isTrue();
        String many = "{\"z\": [" + "0,".repeat(49_000) + "0]}";
        for (String item : List.of("application", "application-p0", "orders-p0", "orders-p1", "orders-p2")) {
            put(NamespaceName.DEFAULT, item, DocumentFormat.JSON, many);
        }
        assertThatThrownBy(() -> configs.get(READER, target("orders", "p0", "p1", "p2"), ""))
                .isInstanceOfSatisfying(InvalidArgumentException.class,
                        e -> assertThat(e.field()).isEqualTo("prefix"));
        assertThat(configs.get(READER, target("orders", "p0", "p1", "p2"), "b").properties()).hasSize(3);
    }

    @Test
    void asksForTheSharedItemOnce() {
        assertThat(configs.get(READER, target("application", "eu"), "").items())
                .containsExactly(source("application", null), source("application-eu", null));
    }

    @Test
    void comparesTwoEnvironments() {
        put(NamespaceName.DEFAULT, "application", DocumentFormat.YAML, "same: 1\nurl: x\nonly: 1\n");
        put(TEST, "orders", DocumentFormat.PROPERTIES, "same=1\nurl=y\nnew=2\n");

        Comparison comparison = configs.compare(READER, target("orders"), new Target(TEST, "orders", List.of()));

        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.complete()).isTrue();
        assertThat(comparison.differences()).containsExactly(
                new Comparison.Difference("new", null, origin("2", "orders", 1, 3, 1)),
                new Comparison.Difference("only", origin("1", "application", 1, 3, 1), null),
                new Comparison.Difference("url", origin("x", "application", 1, 2, 1), origin("y", "orders", 1, 2, 1)));
    }

    @Test
    void showsWhatARollbackWouldTakeEffectOn() {
        ItemKey orders = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.PROPERTIES, "a=1\nb=1\n");
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.YAML, "a: 2\nb: 1\n---\na: 3\n");

        Comparison preview = configs.compare(READER, orders, null, orders, 1L);

        assertThat(preview.same()).isEqualTo(1);
        assertThat(preview.differences()).containsExactly(
                new Comparison.Difference("a", origin("2", "orders", 2, 1, 1), origin("1", "orders", 1, 1, 1)),
                new Comparison.Difference("a #2", origin("3", "orders", 2, 4, 1), null));
        assertThatThrownBy(() -> configs.compare(READER, orders, 3L, orders, 1L))
                .isInstanceOf(VersionNotFoundException.class);
        ItemKey never = new ItemKey(TEST, new ItemName("never"));
        assertThatThrownBy(() -> configs.compare(READER, orders, null, never, null))
                .isInstanceOf(ItemNotFoundException.class);
        assertThatThrownBy(() -> configs.compare(READER, never, 1L, orders, null))
                .isInstanceOf(ItemNotFoundException.class);
    }

    @Test
    void refusesTargetsThatCannotBeNamesOfItems() {
        assertField("application", "-", List.of());
        assertField("application", "a/b", List.of());
        assertField("profiles", "orders", List.of(""));
        assertField("profiles", "orders", List.of("a/b"));
        assertField("profiles", "o".repeat(120), List.of("p".repeat(20)));
        assertField("profiles", "orders", Collections.nCopies(21, "p"));
    }

    @ParameterizedTest
    @CsvSource({"a, true", "b, false", "!a, false", "!b, true", "a & c, true", "a & b, false", "a | b, true",
            "b | d, false", "(a & c) | b, true", "a & (b | c), true", "!(a & b), true", "a&!b&c, true", "!!a, true",
            "((a)), true"})
    void understandsExpressionsOfProfiles(String expression, boolean holds) {
        assertThat(ProfileExpression.holds(expression, Set.of("a", "c"))).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a & c | c", "(a", "a)", "a c", "& a", "a &", "!", "()"})
    void takesMalformedExpressionsForFalse(String expression) {
        assertThat(ProfileExpression.holds(expression, Set.of("a", "c"))).isFalse();
        assertThat(ProfileExpression.holds("(".repeat(100_000), Set.of())).isFalse();
        assertThat(ProfileExpression.holds("!".repeat(100_000) + "a", Set.of())).isFalse();
    }

    private String chosen(String application, String... profiles) {
        return configs.get(READER, target(application, profiles), "a").properties().getFirst().chosen().value();
    }

    private void put(NamespaceName namespace, String name, DocumentFormat format, String content) {
        ItemKey item = new ItemKey(namespace, new ItemName(name));
        Expectation expected = releases.findRelease(EDITOR, item)
                .<Expectation>map(release -> new Expectation.Version(release.entry().version()))
                .orElse(new Expectation.Absent());
        releases.publish(EDITOR, item, new Publication(format, content, null), expected);
    }

    private static void assertField(String field, String application, List<String> profiles) {
        assertThatThrownBy(() -> new Target(TEST, application, profiles)).isInstanceOfSatisfying(
                InvalidArgumentException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static Target target(String application, String... profiles) {
        return new Target(NamespaceName.DEFAULT, application, List.of(profiles));
    }

    private static Source source(String item, Long version) {
        return new Source(new ItemName(item), version);
    }

    private static Origin origin(String value, String item, long version, int line, int column) {
        return new Origin(value, new ItemName(item), version, line, column);
    }
}
