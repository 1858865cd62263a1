package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.fixture.AskedRequest;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.fixture.Vaults;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.web.QuickAnswer;
import dev.roster.server.web.QuickAnswer.Header;
import dev.roster.server.web.Shortcut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DocumentShortcutTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller READER = Callers.of(Role.READER);
    private static final ItemKey ITEM = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
    private static final String PATH = "/api/v1/namespaces/default/configs/orders";
    private static final String PATTERN = "/api/v1/namespaces/{namespace}/configs/{item}";
    private static final AskedRequest ASKED = AskedRequest.of(PATH, null);

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, meters, Vaults.open(local));
    private final GrayReleases grays = new GrayReleases(local.store, releases,
            new ChangeSetPublisher(local.store, releases, local.clock),
            new DeliveryReports(local.store, "a", (_, _, _) -> true, local.clock, meters), local.clock);
    private final DocumentShortcut shortcut = new DocumentShortcut(grays, JsonMapper.builder().build(), meters);

    @BeforeEach
    void askOnce() {
        publish("size=1", new Expectation.Absent());
        shortcut.remember(AskedRequest.handled(PATH, null, PATTERN), ITEM);
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void answersWithTheCurrentVersion() {
        QuickAnswer answer = find(ASKED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.pattern()).isEqualTo(PATTERN);
        assertThat(new String(answer.body())).contains("\"name\":\"orders\"", "\"content\":\"size=1\"",
                "\"version\":1");
        assertThat(answer.headers()).containsExactlyInAnyOrder(new Header("Content-Type", "application/json"),
                new Header("ETag", "\"1\""), new Header("Roster-Revision", Long.toString(local.revision())));
    }

    @Test
    void encodesAVersionOnce() {
        byte[] first = find(ASKED).body();
        publishElsewhere();

        QuickAnswer later = find(ASKED);
        assertThat(later.body()).isSameAs(first);
        assertThat(later.headers()).contains(new Header("Roster-Revision", Long.toString(local.revision())));
        assertThat(meters.get("roster.config.answers.encoded").counter().count()).isOne();
        assertThat(meters.get("roster.config.answers.shared").counter().count()).isOne();
        // The cache adds up its weight a moment later.
        await().untilAsserted(() -> assertThat(meters.get("roster.config.answers.kept").gauge().value())
                .isGreaterThan(first.length));
    }

    @Test
    void answersWithEachVersionAsSoonAsItIsCurrent() {
        find(ASKED);
        publish("size=2", new Expectation.Version(1));

        assertThat(new String(find(ASKED).body())).contains("size=2");
        assertThat(find(ASKED.with("If-None-Match", "\"2\"")).status()).isEqualTo(304);

        releases.rollBack(EDITOR, ITEM, 2L, 1, null);
        assertThat(new String(find(ASKED).body())).contains("size=1", "\"version\":3");
    }

    @Test
    void sendsNothingToWhoHasTheVersion() {
        QuickAnswer answer = find(ASKED.with("If-None-Match", "\"1\""));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).extracting(Header::name).containsExactlyInAnyOrder("ETag", "Roster-Revision");
    }

    @Test
    void leavesAnItemThatIsGoneUntilItIsBack() {
        find(ASKED);
        releases.delete(EDITOR, ITEM, 1L);
        assertLeft(ASKED);

        releases.undelete(EDITOR, ITEM, 2L, null);
        assertThat(new String(find(ASKED).body())).contains("\"version\":3");
    }

    @Test
    void leavesAnItemThatIsNotTheSameToEverybody() {
        find(ASKED);
        Outcome.await(local.store.commit(Txn.of(new PutKey(GrayMark.of(ITEM), Value.of("a gray release")))));
        assertLeft(ASKED);
        assertLeft(ASKED.with("If-None-Match", "\"1\""));

        Outcome.await(local.store.commit(Txn.of(new DeleteKeys(GrayMark.of(ITEM)))));
        assertThat(new String(find(ASKED).body())).contains("size=1");
    }

    @Test
    void leavesDocumentsWithSecrets() {
        find(ASKED);
        publish("password={secret}abc", new Expectation.Version(1));

        assertLeft(ASKED);
        assertLeft(ASKED);
        assertThat(meters.get("roster.config.answers.encoded").counter().count()).isOne();

        publish("size=3", new Expectation.Version(2));
        assertThat(new String(find(ASKED).body())).contains("size=3");
    }

    @ParameterizedTest
    @CsvSource({"Accept, text/html", "If-None-Match, *", "If-None-Match, \"0\"", "If-None-Match, W/\"1\""})
    void leavesConditions(String header, String value) {
        assertLeft(ASKED.with(header, value));
    }

    @Test
    void leavesOtherItems() {
        assertThat(shortcut.match(AskedRequest.of(PATH + "-2", null))).isNull();
    }

    private QuickAnswer find(AskedRequest asked) {
        QuickAnswer answer = answer(asked);
        assertThat(answer).as("the answer to " + asked).isNotNull();
        return answer;
    }

    private void assertLeft(AskedRequest asked) {
        assertThat(answer(asked)).as("the answer to " + asked).isNull();
    }

    private @Nullable QuickAnswer answer(AskedRequest asked) {
        Shortcut.Match match = shortcut.match(asked);
        return match == null ? null : match.find(READER);
    }

    private void publish(String content, Expectation expected) {
        releases.publish(EDITOR, ITEM, new Publication(DocumentFormat.PROPERTIES, content, null), expected);
    }

    private void publishElsewhere() {
        releases.publish(EDITOR, new ItemKey(NamespaceName.DEFAULT, new ItemName("other")),
                new Publication(DocumentFormat.PROPERTIES, "a=b", null), new Expectation.Absent());
    }
}
