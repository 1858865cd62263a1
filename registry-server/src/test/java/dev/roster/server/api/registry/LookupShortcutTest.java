package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.api.registry.PreparedAnswers.Fresh;
import dev.roster.server.api.registry.PreparedAnswers.Question;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.cluster.LeaseExpiry;
import dev.roster.server.cluster.LeaseExpiryState;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class LookupShortcutTest {
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final ServiceKey ORDERS = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));
    private static final String PATH = "/api/v1/namespaces/default/services/orders";

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
        shortcut.remember(get(null), ORDERS, Selection.ALL);
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void answersWhatWasAskedBefore() throws IOException {
        PreparedAnswer prepared = prepare();

        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(shortcut.answer(CALLER, get(null), response)).isTrue();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsByteArray()).isEqualTo(prepared.json());
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getContentLength()).isEqualTo(prepared.json().length);
        assertThat(response.getHeader("ETag")).isEqualTo(prepared.tag());
        assertThat(response.getHeader("Vary")).isEqualTo("Accept-Encoding");
        assertThat(response.getHeader("Roster-Revision")).isEqualTo(Long.toString(prepared.trueAt()));
    }

    @Test
    void sendsNothingToWhoHasTheAnswer() throws IOException {
        MockHttpServletRequest request = get(null);
        request.addHeader("If-None-Match", prepare().tag());
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(shortcut.answer(CALLER, request, response)).isTrue();
        assertThat(response.getStatus()).isEqualTo(304);
        assertThat(response.getContentAsByteArray()).isEmpty();
    }

    @Test
    void sendsTheCompressedFormToWhoTakesIt() throws IOException {
        for (int i = 0; i < 20; i++) {
            register("more-" + i);
        }
        PreparedAnswer prepared = prepare();
        MockHttpServletRequest request = get(null);
        request.addHeader("Accept-Encoding", "br, gzip");
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(shortcut.answer(CALLER, request, response)).isTrue();
        assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
        assertThat(response.getContentAsByteArray()).isEqualTo(prepared.gzip());
    }

    @Test
    void leavesWhatIsNoLongerTrue() throws IOException {
        register("b");
        assertLeft(get(null));

        prepare();
        assertThat(shortcut.answer(CALLER, get(null), new MockHttpServletResponse())).isTrue();

        catalog.deregister(CALLER, instance("a"));
        catalog.deregister(CALLER, instance("b"));
        assertLeft(get(null));
    }

    @Test
    void leavesWhatIsAnsweredInAnotherWayWhileTheEndOfLeasesIsHeldBack() throws IOException {
        held.held = true;
        notice.refresh();

        assertLeft(get(null));
    }

    @Test
    void leavesOtherWords() throws IOException {
        assertLeft(get("healthy=true"));
        assertLeft(new MockHttpServletRequest("GET", PATH + "/"));
        assertLeft(new MockHttpServletRequest("HEAD", PATH));
        assertLeft(new MockHttpServletRequest("DELETE", PATH));
    }

    @ParameterizedTest
    @CsvSource({"Accept, text/html", "Accept, application/json;q=0", "Roster-Min-Revision, 1", "If-Match, *",
            "If-None-Match, *", "If-None-Match, \"0\""})
    void leavesConditions(String header, String value) throws IOException {
        MockHttpServletRequest request = get(null);
        request.addHeader(header, value);

        assertLeft(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/json, application/*+json"})
    void takesTheUsualWaysToAskForJson(String accept) throws IOException {
        MockHttpServletRequest request = get(null);
        request.addHeader("Accept", accept);

        assertThat(shortcut.answer(CALLER, request, new MockHttpServletResponse())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=PT5S", "consistency=linearizable", "zone=a&wait=PT5S"})
    void remembersNothingThatIsNotAnsweredAtOnce(String query) throws IOException {
        MockHttpServletRequest request = get(query);
        for (String parameter : query.split("&")) {
            String[] parts = parameter.split("=");
            request.addParameter(parts[0], parts[1]);
        }
        shortcut.remember(request, ORDERS, Selection.ALL);

        assertLeft(request);
    }

    @Test
    void remembersNothingThatIsVeryLong() throws IOException {
        MockHttpServletRequest request = get("zone=" + "a".repeat(600));
        shortcut.remember(request, ORDERS, Selection.ALL);

        assertLeft(request);
    }

    private void assertLeft(MockHttpServletRequest request) throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(shortcut.answer(CALLER, request, response)).isFalse();
        assertThat(response.isCommitted()).isFalse();
        assertThat(response.getHeaderNames()).isEmpty();
    }

    private static MockHttpServletRequest get(String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", PATH);
        request.setQueryString(query);
        return request;
    }

    private PreparedAnswer prepare() {
        return answers.get(CALLER, new Question(ORDERS, Selection.ALL, false), () -> {
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
