package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.api.registry.PreparedAnswers.Fresh;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.cluster.LeaseExpiry;
import dev.roster.server.cluster.LeaseExpiryState;
import dev.roster.server.fixture.AskedRequest;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.Discovery;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.SelectedService;
import dev.roster.server.registry.Selection;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.QuickAnswer;
import dev.roster.server.web.QuickAnswer.Header;
import dev.roster.server.web.Shortcut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LookupShortcutTest {
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final ServiceKey ORDERS = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));
    private static final Question ALL = new Question(ORDERS, Selection.ALL, false);
    private static final String PATH = "/api/v1/namespaces/default/services/orders";
    private static final String PATTERN = "/api/v1/namespaces/{namespace}/services/{service}";

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final Discovery discovery = new Discovery(local.store);
    private final PreparedAnswers answers = new PreparedAnswers(discovery, JsonMapper.builder().build(), local.clock,
            new SimpleMeterRegistry());
    private final HeldExpiry held = new HeldExpiry();
    private final ExpiryNotice notice = new ExpiryNotice(held);
    private final LookupShortcut shortcut = new LookupShortcut(answers, notice);

    @BeforeEach
    void askOnce() {
        register("a");
        prepare();
        shortcut.remember(AskedRequest.handled(PATH, null, PATTERN), ALL);
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void answersWhatWasAskedBefore() {
        PreparedAnswer prepared = prepare();

        QuickAnswer answer = find(AskedRequest.of(PATH, null));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.pattern()).isEqualTo(PATTERN);
        assertThat(answer.body()).isEqualTo(prepared.json());
        assertThat(answer.headers()).containsExactlyInAnyOrder(new Header("Content-Type", "application/json"),
                new Header("ETag", prepared.tag()), new Header("Vary", "Accept-Encoding"),
                new Header("Roster-Revision", Long.toString(prepared.trueAt())));
    }

    @Test
    void sendsNothingToWhoHasTheAnswer() {
        QuickAnswer answer = find(AskedRequest.of(PATH, null).with("If-None-Match", prepare().tag()));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).extracting(Header::name).containsExactlyInAnyOrder("ETag", "Vary",
                "Roster-Revision", "Content-Type");
    }

    @Test
    void sendsTheCompressedFormToWhoTakesIt() {
        for (int i = 0; i < 20; i++) {
            register("more-" + i);
        }
        PreparedAnswer prepared = prepare();

        QuickAnswer answer = find(AskedRequest.of(PATH, null).with("Accept-Encoding", "br, gzip"));

        assertThat(answer.headers()).contains(new Header("Content-Encoding", "gzip"));
        assertThat(answer.body()).isEqualTo(prepared.gzip());
    }

    @Test
    void leavesWhatIsNoLongerTrue() {
        register("b");
        assertLeft(AskedRequest.of(PATH, null));

        prepare();
        assertThat(find(AskedRequest.of(PATH, null)).status()).isEqualTo(200);

        catalog.deregister(CALLER, instance("a"));
        catalog.deregister(CALLER, instance("b"));
        assertLeft(AskedRequest.of(PATH, null));
    }

    @Test
    void leavesWhatIsAnsweredInAnotherWayWhileTheEndOfLeasesIsHeldBack() {
        held.held = true;
        notice.refresh();

        assertLeft(AskedRequest.of(PATH, null));
    }

    @ParameterizedTest
    @CsvSource({"Accept, text/html", "If-None-Match, *", "If-None-Match, \"0\""})
    void leavesConditions(String header, String value) {
        assertLeft(AskedRequest.of(PATH, null).with(header, value));
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
        return match == null ? null : match.find(CALLER);
    }

    private PreparedAnswer prepare() {
        return answers.get(CALLER, ALL, () -> {
            SelectedService found = discovery.select(CALLER, ORDERS, Selection.ALL);
            return new Fresh(found.service().revision(), LookupController.tag(found.service().tag(), false), null,
                    RegistryRecords.selected(found, false));
        });
    }

    private void register(String id) {
        catalog.register(CALLER, instance(id),
                new Registration("10.0.0.1", 8080, false, Registration.DEFAULT_TTL, "zone", Map.of("a", "b")));
    }

    private static InstanceKey instance(String id) {
        return new InstanceKey(ORDERS, new InstanceId(id));
    }

    private static final class HeldExpiry implements LeaseExpiry {
        private boolean held;

        @Override
        public LeaseExpiryState state() {
            return new LeaseExpiryState(1, 0, held, Duration.ZERO);
        }

        @Override
        public LeaseExpiryState release() {
            held = false;
            return state();
        }
    }
}
