package dev.roster.server.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchProgress;
import dev.roster.api.watch.WatchSnapshot;
import dev.roster.server.ServerTest;
import dev.roster.server.api.watch.EventReader.Event;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class WatchApiTest extends ServerTest {
    private static final String ROOT = "/api/v1/namespaces/watch-api-test";

    @Autowired
    private JsonMapper json;

    @Autowired
    private Store store;

    @Autowired
    private MeterRegistry meters;

    @Test
    void showsWhatIsThereAndThenEveryChange() throws Exception {
        register("shop", "i1", "10.0.0.1");
        publish("greeting", null, "hello");

        try (EventReader events = watch(interest("shop", "greeting", null))) {
            Event first = events.next(PATIENCE);
            assertThat(first.name()).isEqualTo("snapshot");
            WatchSnapshot snapshot = json.readValue(first.data(), WatchSnapshot.class);
            assertThat(first.id()).isEqualTo(Long.toString(snapshot.revision()));
            assertThat(snapshot.services()).singleElement().satisfies(service -> {
                assertThat(service.service()).isEqualTo("shop");
                assertThat(service.instances()).extracting(i -> i.host()).containsExactly("10.0.0.1");
            });
            assertThat(snapshot.configs()).singleElement()
                    .satisfies(state -> assertThat(state.item().content()).isEqualTo("hello"));

            register("shop", "i2", "10.0.0.2");
            register("other", "i1", "10.0.0.3");
            WatchChange appeared = nextChange(events);
            assertThat(appeared.configs()).isEmpty();
            assertThat(appeared.instances()).singleElement().satisfies(change -> {
                assertThat(change.namespace()).isEqualTo("watch-api-test");
                assertThat(change.service()).isEqualTo("shop");
                assertThat(change.id()).isEqualTo("i2");
                assertThat(change.instance().host()).isEqualTo("10.0.0.2");
            });

            send(asAdmin(ROOT + "/services/shop/instances/i1").DELETE());
            assertThat(nextChange(events).instances()).singleElement().satisfies(change -> {
                assertThat(change.id()).isEqualTo("i1");
                assertThat(change.instance()).isNull();
            });

            publish("greeting", "\"1\"", "h\u00e4llo\nworld");
            WatchChange published = nextChange(events);
            assertThat(published.revision()).isGreaterThan(appeared.revision());
            assertThat(published.configs()).singleElement().satisfies(state -> {
                assertThat(state.item().version()).isEqualTo(2);
                assertThat(state.item().content()).isEqualTo("h\u00e4llo\nworld");
                assertThat(state.item().revision()).isEqualTo(published.revision());
            });

            send(asAdmin(ROOT + "/configs/greeting").header("If-Match", "\"2\"").DELETE());
            assertThat(nextChange(events).configs()).singleElement().satisfies(state -> {
                assertThat(state.name()).isEqualTo("greeting");
                assertThat(state.item()).isNull();
            });
        }
    }

    @Test
    void followsWhatDoesNotExistYet() throws Exception {
        try (EventReader events = watch(interest("not-yet", "not-yet", null))) {
            WatchSnapshot snapshot = json.readValue(events.next(PATIENCE).data(), WatchSnapshot.class);
            assertThat(snapshot.services().getFirst().instances()).isEmpty();
            assertThat(snapshot.configs().getFirst().item()).isNull();

            publish("not-yet", null, "x");
            assertThat(nextChange(events).configs()).hasSize(1);
            register("not-yet", "i1", "10.0.0.1");
            assertThat(nextChange(events).instances()).hasSize(1);
        }
    }

    @Test
    void resumesWithoutLossAndWithoutRepetition() throws Exception {
        publish("resumed", null, "1");
        String seen;
        try (EventReader events = watch(interest("resumed", "resumed", null))) {
            seen = events.next(PATIENCE).id();
        }
        for (int version = 1; version <= 3; version++) {
            publish("resumed", "\"" + version + "\"", Integer.toString(version + 1));
        }

        try (EventReader events = watch(interest("resumed", "resumed", seen))) {
            for (int version = 2; version <= 4; version++) {
                WatchChange change = nextChange(events);
                assertThat(change.configs().getFirst().item().version()).isEqualTo(version);
                seen = Long.toString(change.revision());
            }
        }
        try (EventReader events = watch(interest("resumed", "resumed", seen))) {
            Event event = events.next(PATIENCE);
            assertThat(event.name()).as("nothing was missed").isEqualTo("progress");
            assertThat(json.readValue(event.data(), WatchProgress.class).revision())
                    .isGreaterThanOrEqualTo(Long.parseLong(seen));
        }
    }

    @Test
    void refusesToResumeFromWhatIsNoLongerKept() {
        long early = publish("compacted", null, "1");
        publish("compacted", "\"1\"", "2");
        Revision compacted = store.view().revision();
        Outcome.await(store.compact(new Compact(compacted)));

        HttpResponse<String> response = send(json(asAdmin("/api/v1/watch"), "POST",
                interest("x", "compacted", Long.toString(early))));

        Problem problem = assertProblem(response, 410, "revision-compacted");
        assertThat(problem.oldestRevision()).isEqualTo(compacted.value());
    }

    @Test
    void refusesToResumeFromTheFuture() {
        Revision future = new Revision(store.view().revision().value() + 1000);

        assertProblem(send(json(asAdmin("/api/v1/watch"), "POST",
                interest("x", "y", Long.toString(future.value())))), 503, "revision-ahead");
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void refusesRequestsBeforeTheStreamBegins(String body, String field, String expected) {
        Problem problem = assertProblem(send(json(asAdmin("/api/v1/watch"), "POST", body)), 400, "invalid-argument");

        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.expected()).contains(expected);
        });
    }

    static Stream<Arguments> badRequests() {
        String many = IntStream.range(0, 1001).mapToObj(i -> "{\"name\":\"s" + i + "\"}")
                .collect(Collectors.joining(","));
        return Stream.of(Arguments.of("{}", "services", "at least one"),
                Arguments.of("{\"services\":[],\"configs\":[]}", "services", "at least one"),
                Arguments.of("{\"services\":[" + many + "]}", "services", "at most 1000"),
                Arguments.of("{\"configs\":[" + many + "]}", "configs", "at most 1000"),
                Arguments.of("{\"services\":[{\"name\":\"a\"},{}]}", "services[1].name", "a name"),
                Arguments.of("{\"services\":[null]}", "services[0].name", "a name"),
                Arguments.of("{\"services\":[{\"name\":\"\"}]}", "services[0].name", "1 to 128"),
                Arguments.of("{\"configs\":[{\"name\":\"a\",\"namespace\":\"A\"}]}", "configs[0].namespace", "1 to 63"),
                Arguments.of("{\"configs\":[{\"name\":\"a/b\"}]}", "configs[0].name", "1 to 128"),
                Arguments.of("{\"configs\":[{\"name\":\"a\",\"version\":1}]}", "configs[0].version", "name, namespace"),
                Arguments.of("{\"services\":[{\"name\":\"a\"}],\"since\":-1}", "since", "0 or more"),
                Arguments.of("{\"services\":[{\"name\":\"a\"}],\"since\":\"1\"}", "since", "integer"));
    }

    @Test
    void refusesWhoeverMayNotOrCannotRead() {
        String body = interest("a", "b", null);

        assertProblem(send(json(get("/api/v1/watch"), "POST", body)), 401, "unauthenticated");
        assertProblem(send(json(asAdmin("/api/v1/watch").header("Accept", "application/json"), "POST", body)), 406,
                "not-acceptable");
        assertProblem(send(asAdmin("/api/v1/watch").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(body))), 415, "unsupported-media-type");
        assertProblem(send(asAdmin("/api/v1/watch")), 405, "method-not-allowed");
    }

    @Test
    void cutsOffAReaderThatDoesNotRead() throws IOException {
        int items = 20;
        double dropped = meters.counter("roster.watch.dropped").count();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", port()));
            String body = "{\"configs\":[%s],\"since\":null}".formatted(IntStream.range(0, items)
                    .mapToObj("{\"namespace\":\"watch-api-test\",\"name\":\"large-%d\"}"::formatted)
                    .collect(Collectors.joining(",")));
            String credentials = Base64.getEncoder()
                    .encodeToString(("admin:" + adminPassword()).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(("POST /api/v1/watch HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + credentials
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).as("the answer begins").isEqualTo('H');

            String large = "x".repeat(1024 * 1024);
            for (int item = 0; item < items; item++) {
                publish("large-" + item, null, large);
            }

            Awaitility.await("changes are written by threads of the store").atMost(PATIENCE)
                    .until(() -> meters.counter("roster.watch.dropped").count() == dropped + 1);
        }
    }

    @Test
    void forgetsAReaderThatHasGone() throws Exception {
        publish("gone", null, "0");
        double before = streams();
        try (EventReader events = watch(interest("gone", "gone", null))) {
            events.next(PATIENCE);
            assertThat(streams()).isEqualTo(before + 1);
        }

        for (int version = 1; streams() > before && version < 90; version++) {
            // A connection that the other side has closed fails at a write, not before.
            publish("gone", "\"" + version + "\"", "x".repeat(10_000));
        }

        Awaitility.await("writing fails on another thread").atMost(PATIENCE).until(() -> streams() == before);
    }

    private double streams() {
        return meters.get("roster.watch.streams").gauge().value();
    }

    private EventReader watch(String body) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<InputStream> response = client
                .send(json(asAdmin("/api/v1/watch"), "POST", body).build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Roster-Revision")).isPresent();
        return new EventReader(response.body());
    }

    private static String interest(String service, String item, String since) {
        return """
                {"services":[{"namespace":"watch-api-test","name":"%s"}],
                 "configs":[{"namespace":"watch-api-test","name":"%s"}],"since":%s}""".formatted(service, item, since);
    }

    /** Returns the next change. A stream may say how far it is at any time. */
    private WatchChange nextChange(EventReader events) throws InterruptedException {
        Event event = events.next(PATIENCE);
        while (event.name().equals("progress")) {
            event = events.next(PATIENCE);
        }
        assertThat(event.name()).as(event.data()).isEqualTo("change");
        WatchChange change = json.readValue(event.data(), WatchChange.class);
        assertThat(event.id()).isEqualTo(Long.toString(change.revision()));
        return change;
    }

    private void register(String service, String id, String host) {
        HttpResponse<String> response = send(json(asAdmin(ROOT + "/services/" + service + "/instances/" + id), "PUT",
                "{\"host\":\"" + host + "\",\"port\":1,\"ttl\":\"P1D\"}"));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    }

    private long publish(String item, String ifMatch, String content) {
        String body = json.writeValueAsString(java.util.Map.of("format", "text", "content", content));
        var request = json(asAdmin(ROOT + "/configs/" + item), "PUT", body);
        HttpResponse<String> response = send(ifMatch == null ? request : request.header("If-Match", ifMatch));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        return Long.parseLong(response.headers().firstValue("Roster-Revision").orElseThrow());
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        Problem problem = problem(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem.code()).as(response.body()).isEqualTo(code);
        return problem;
    }
}
