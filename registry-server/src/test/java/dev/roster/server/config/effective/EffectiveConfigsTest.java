package dev.roster.server.config.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.Publication;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.VersionNotFoundException;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.effective.EffectiveConfig.Source;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.config.gray.GrayPlan;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.config.gray.GrayStep;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.fixture.Vaults;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.security.SecretsRight;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

        EffectiveConfig config = configs.get(READER, target("orders", "eu", "prod"), "", null);

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
        assertThat(configs.get(READER, target("orders", "eu", "prod"), "c", null).properties()).hasSize(1);
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
        assertThat(configs.get(READER, target("orders", "eu"), "spring", null).properties()).isEmpty();
    }

    @Test
    void leavesOutWhatTheStarterMakesNoPropertiesOf() {
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.TOML, "a = 1\n");

        EffectiveConfig config = configs.get(READER, target("orders"), "", null);

        assertThat(config.properties()).isEmpty();
        assertThat(config.items()).contains(source("orders", 1L));
    }

    @Test
    void boundsItsAnswers() {
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.YAML,
                "a: &a " + "x".repeat(1_000_000) + "\nb: [*a, *a, *a]\n");
        put(NamespaceName.DEFAULT, "orders-eu", DocumentFormat.YAML, "c: " + "x".repeat(1_000_000));
        put(NamespaceName.DEFAULT, "orders-prod", DocumentFormat.JSON, "{\"z\": [" + "0,".repeat(30_000) + "0]}");

        EffectiveConfig config = configs.get(READER, target("orders", "eu", "prod"), "", null);

        assertThat(config.complete()).isFalse();
        assertThat(config.properties()).hasSize(EffectiveConfigs.MAX_PROPERTIES);
        assertThat(configs.get(READER, target("orders", "eu", "prod"), "b", null).complete()).isTrue();
        String many = "{\"z\": [" + "0,".repeat(49_000) + "0]}";
        for (String item : List.of("application", "application-p0", "orders-p0", "orders-p1", "orders-p2")) {
            put(NamespaceName.DEFAULT, item, DocumentFormat.JSON, many);
        }
        assertThatThrownBy(() -> configs.get(READER, target("orders", "p0", "p1", "p2"), "", null))
                .isInstanceOfSatisfying(InvalidArgumentException.class,
                        e -> assertThat(e.field()).isEqualTo("prefix"));
        assertThat(configs.get(READER, target("orders", "p0", "p1", "p2"), "b", null).properties()).hasSize(3);
    }

    @Test
    void asksForTheSharedItemOnce() {
        assertThat(configs.get(READER, target("application", "eu"), "", null).items())
                .containsExactly(source("application", null), source("application-eu", null));
    }

    @Test
    void comparesTwoEnvironments() {
        put(NamespaceName.DEFAULT, "application", DocumentFormat.YAML, "same: 1\nurl: x\nonly: 1\n");
        put(TEST, "orders", DocumentFormat.PROPERTIES, "same=1\nurl=y\nnew=2\n");

        Comparison comparison = configs.compare(READER, target("orders"), new Target(TEST, "orders", List.of()), null);

        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.complete()).isTrue();
        assertThat(comparison.differences()).containsExactly(
                new Comparison.Difference("new", null, origin("2", "orders", 1, 3, 1)),
                new Comparison.Difference("only", origin("1", "application", 1, 3, 1), null),
                new Comparison.Difference("url", origin("x", "application", 1, 2, 1), origin("y", "orders", 1, 2, 1)));
    }

    @Test
    void showsWhatAGrayReleaseGivesToAnInstance() {
        put(NamespaceName.DEFAULT, "application", DocumentFormat.YAML, "a: 1\n");
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.YAML, "b: 1\nc: 1\n");
        GrayReleases grays = new GrayReleases(local.store, releases,
                new ChangeSetPublisher(local.store, releases, local.clock),
                new DeliveryReports(local.store, "a", local.clock, new SimpleMeterRegistry()), local.clock);
        grays.start(EDITOR, new ItemKey(NamespaceName.DEFAULT, new ItemName("orders")), 1L,
                new Publication(DocumentFormat.YAML, "a: 2\nb: 2\nc: 1\n", null),
                new GrayPlan(List.of(
                        new GrayStep(Set.of("orders-1"), List.of(), Map.of(), null, Duration.ofMinutes(1)),
                        new GrayStep(Set.of(), List.of("10.0.0.0/8"), Map.of("zone", "eu"), null,
                                Duration.ofMinutes(1))),
                        true, 0, 0, 0));

        EffectiveConfig chosen = configs.get(READER, target(new GrayClient("orders-1", null, Map.of())), "", null);
        EffectiveConfig other = configs.get(READER, target(new GrayClient("orders-2", null, Map.of())), "", null);
        Comparison comparison = configs.compare(READER, target(new GrayClient("orders-1", null, Map.of())),
                target("orders"), null);

        assertThat(chosen.items()).containsExactly(source("application", 1L),
                new Source(new ItemName("orders"), 2L, true));
        EffectiveProperty a = chosen.properties().getFirst();
        assertThat(a.chosen()).isEqualTo(new Origin("2", new ItemName("orders"), 2, true, 1, 1));
        assertThat(a.overridden()).containsExactly(origin("1", "application", 1, 1, 1));
        assertThat(other.items()).containsExactly(source("application", 1L), source("orders", 1L));
        assertThat(other).isEqualTo(configs.get(READER, target("orders"), "", null));
        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.differences()).extracting(Comparison.Difference::name).containsExactly("a", "b");
        GrayClient inZone = new GrayClient(null, "10.1.2.3", Map.of("zone", "eu"));
        assertThat(configs.get(READER, target(inZone), "", null).items().getLast().gray())
                .as("the second step has not been made").isFalse();
        ItemKey orders = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
        grays.advance(EDITOR, orders, 2, 1, null);
        assertThat(configs.get(READER, target(inZone), "", null).items().getLast().gray()).isTrue();
        grays.promote(EDITOR, orders, 2, 2, null);
        assertThat(configs.get(READER, target(inZone), "", null).items()).containsExactly(source("application", 1L),
                source("orders", 3L));
    }

    @Test
    void showsSecretsAsAskedForToThoseWhoMayReadThem() {
        SecretVault vault = Vaults.open(local);
        ConfigReleases sealing = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry(), vault);
        EffectiveConfigs shown = new EffectiveConfigs(local.store, new ConfigSecrets(vault));
        for (NamespaceName namespace : List.of(NamespaceName.DEFAULT, TEST)) {
            sealing.publish(EDITOR, new ItemKey(namespace, new ItemName("orders")),
                    new Publication(DocumentFormat.PROPERTIES, "p={secret}hunter2\n", null),
                    new Expectation.Absent());
        }
        Target there = new Target(TEST, "orders", List.of());
        Caller here = new Caller("ann", Role.READER, Caller.Means.TOKEN, "127.0.0.1", null,
                SecretsRight.of(Set.of(NamespaceName.DEFAULT)));
        Caller everywhere = new Caller("eve", Role.READER, Caller.Means.TOKEN, "127.0.0.1", null,
                SecretsRight.EVERYWHERE);

        assertThat(value(shown.get(here, target("orders"), "", null))).isEqualTo("hunter2");
        assertThat(value(shown.get(here, target("orders"), "", SecretForm.MASKED))).startsWith("{cipher}rs1.");
        assertThat(value(shown.get(here, target("orders"), "", SecretForm.CIPHER))).startsWith("{cipher}rs1.");
        assertThat(value(shown.get(here, there, "", null))).startsWith("{cipher}rs1.");
        assertThatThrownBy(() -> shown.get(here, there, "", SecretForm.PLAIN)).isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("namespace test");
        assertThat(shown.compare(everywhere, target("orders"), there, null).differences()).isEmpty();
        assertThat(shown.compare(everywhere, target("orders"), there, SecretForm.MASKED).differences()).hasSize(1);
        assertThat(shown.compare(here, target("orders"), there, null).differences()).singleElement()
                .satisfies(one -> assertThat(one.to().value()).startsWith("{cipher}rs1."));
        assertThatThrownBy(() -> shown.compare(here, target("orders"), there, SecretForm.PLAIN))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> shown.compare(READER, new ItemKey(TEST, new ItemName("orders")), null,
                new ItemKey(TEST, new ItemName("orders")), 1L, SecretForm.PLAIN))
                .isInstanceOf(ForbiddenException.class);
    }

    private static String value(EffectiveConfig config) {
        return config.properties().getFirst().chosen().value();
    }

    @Test
    void showsWhatARollbackWouldTakeEffectOn() {
        ItemKey orders = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.PROPERTIES, "a=1\nb=1\n");
        put(NamespaceName.DEFAULT, "orders", DocumentFormat.YAML, "a: 2\nb: 1\n---\na: 3\n");

        Comparison preview = configs.compare(READER, orders, null, orders, 1L, null);

        assertThat(preview.same()).isEqualTo(1);
        assertThat(preview.differences()).containsExactly(
                new Comparison.Difference("a", origin("2", "orders", 2, 1, 1), origin("1", "orders", 1, 1, 1)),
                new Comparison.Difference("a #2", origin("3", "orders", 2, 4, 1), null));
        assertThatThrownBy(() -> configs.compare(READER, orders, 3L, orders, 1L, null))
                .isInstanceOf(VersionNotFoundException.class);
        ItemKey never = new ItemKey(TEST, new ItemName("never"));
        assertThatThrownBy(() -> configs.compare(READER, orders, null, never, null, null))
                .isInstanceOf(ItemNotFoundException.class);
        assertThatThrownBy(() -> configs.compare(READER, never, 1L, orders, null, null))
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
        return configs.get(READER, target(application, profiles), "a", null).properties().getFirst().chosen().value();
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

    private static Target target(GrayClient client) {
        return new Target(NamespaceName.DEFAULT, "orders", List.of(), client);
    }

    private static Source source(String item, Long version) {
        return new Source(new ItemName(item), version, false);
    }

    private static Origin origin(String value, String item, long version, int line, int column) {
        return new Origin(value, new ItemName(item), version, false, line, column);
    }
}
