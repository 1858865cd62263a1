package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.ServiceSubscribers;
import dev.roster.api.registry.StatusSource;
import dev.roster.api.registry.Subscriber;
import dev.roster.server.ServerTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

class DrainApiTest extends ServerTest {
    private static final String SERVICES = "/api/v1/namespaces/drain-api-test/services";

    @Autowired
    private MeterRegistry meters;

    @Test
    void waitsForWhoeverFollowsTheService() throws Exception {
        register("waited", "up");
        try (Follower follower = new Follower("waited", "the-follower")) {
            follower.acknowledge(follower.nextRevision());
            double before = drains("acknowledged");

            CompletableFuture<HttpResponse<String>> draining = CompletableFuture.supplyAsync(
                    () -> drain("waited", "?wait=PT25S"));
            long told = follower.nextRevision();
            assertThat(subscribers("waited").subscribers()).singleElement()
                    .satisfies(one -> assertThat(one.acknowledged()).isLessThan(told));
            assertThat(draining).isNotDone();
            follower.acknowledge(told);

            DrainResult result = read(draining.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join(),
                    DrainResult.class);
            assertThat(result.outcome()).isEqualTo(DrainResult.Outcome.ACKNOWLEDGED);
            assertThat(result.revision()).isEqualTo(told);
            assertThat(result.instance().status()).isEqualTo(InstanceStatus.DRAINING);
            assertThat(result.instance().statusSource()).isEqualTo(StatusSource.REGISTERED);
            assertThat(result.subscribers()).isEqualTo(1);
            assertThat(result.pending()).isEmpty();
            assertThat(drains("acknowledged")).isEqualTo(before + 1);
        }
    }

    @Test
    void saysWhoHasNotAcknowledgedInTime() throws Exception {
        register("late", "up");
        double before = drains("deadline");
        try (Follower follower = new Follower("late", "the-late-one"); Follower silent = new Follower("late", null)) {
            follower.nextRevision();
            silent.nextRevision();

            HttpResponse<String> answer = drain("late", "?wait=PT0.1S");

            DrainResult result = read(answer, DrainResult.class);
            assertThat(result.outcome()).isEqualTo(DrainResult.Outcome.DEADLINE);
            assertThat(result.silent()).isEqualTo(1);
            assertThat(result.lagging()).isEqualTo(1);
            assertThat(result.pending()).singleElement().satisfies(one -> {
                assertThat(one.name()).isEqualTo("the-late-one");
                assertThat(one.caller()).isEqualTo("admin");
                assertThat(one.acknowledged()).isZero();
            });
            assertThat(result.unheardMembers()).isEmpty();
            assertThat(drains("deadline")).isEqualTo(before + 1);

            follower.acknowledge(follower.nextRevision());
            DrainResult again = read(drain("late", ""), DrainResult.class);
            assertThat(again.outcome()).isEqualTo(DrainResult.Outcome.ACKNOWLEDGED);
            assertThat(again.revision()).as("nothing has changed").isEqualTo(result.revision());
        }
    }

    @Test
    void drainsByTheWordOfAnOperator() {
        register("overruled", "up");

        DrainResult result = read(drain("overruled", "?override=true&reason=ticket"), DrainResult.class);

        assertThat(result.outcome()).isEqualTo(DrainResult.Outcome.ACKNOWLEDGED);
        assertThat(result.instance().statusSource()).isEqualTo(StatusSource.OVERRIDDEN);
        assertThat(result.instance().override().reason()).isEqualTo("ticket");
        register("overruled", "up");
        assertThat(instance("overruled").status()).isEqualTo(InstanceStatus.DRAINING);
        DrainResult again = read(drain("overruled", "?override=true"), DrainResult.class);
        assertThat(again.instance().override().reason()).isEqualTo("ticket");
    }

    @Test
    void drainsAnInstanceThatFlaps() {
        assertThat(send(json(asAdmin(SERVICES + "/unsteady/definition"), "PUT",
                "{\"flapping\":{\"changes\":2,\"window\":\"P1D\",\"quiet\":\"P1D\"}}")).statusCode()).isEqualTo(201);
        register("unsteady", "up");
        register("unsteady", "down");
        register("unsteady", "up");
        assertThat(instance("unsteady").statusSource()).isEqualTo(StatusSource.FLAPPING);

        DrainResult result = read(drain("unsteady", ""), DrainResult.class);

        assertThat(result.outcome()).isEqualTo(DrainResult.Outcome.ACKNOWLEDGED);
        assertThat(result.instance().status()).isEqualTo(InstanceStatus.DRAINING);
        assertThat(result.instance().statusSource()).isEqualTo(StatusSource.REGISTERED);
        assertThat(result.instance().flapping()).as("that is not forgotten").isTrue();
        assertThat(result.instance().statusChanges()).as("no change more").isEqualTo(2);

        register("unsteady", "up");
        assertThat(instance("unsteady").status()).isEqualTo(InstanceStatus.DOWN);
        assertThat(instance("unsteady").statusSource()).isEqualTo(StatusSource.FLAPPING);
        DrainResult overruled = read(drain("unsteady", "?override=true"), DrainResult.class);
        assertThat(overruled.instance().status()).isEqualTo(InstanceStatus.DRAINING);
        assertThat(overruled.instance().statusSource()).isEqualTo(StatusSource.OVERRIDDEN);
        assertThat(overruled.instance().flapping()).isTrue();
    }

    @Test
    void letsAnInstanceSayThatItIsReady() {
        register("ready", "starting");

        HttpResponse<String> answer = send(json(asAdmin(path("ready") + "/status"), "PUT", "{\"status\":\"up\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer, Instance.class).status()).isEqualTo(InstanceStatus.UP);
        assertThat(instance("ready").status()).isEqualTo(InstanceStatus.UP);
    }

    @Test
    void listsSubscribers() throws Exception {
        assertThat(subscribers("listed").subscribers()).isEmpty();
        try (Follower named = new Follower("listed", "named"); Follower silent = new Follower("listed", null)) {
            long revision = named.nextRevision();
            silent.nextRevision();
            named.acknowledge(revision);

            ServiceSubscribers all = subscribers("listed");

            assertThat(all.acknowledging()).isEqualTo(1);
            assertThat(all.silent()).isEqualTo(1);
            assertThat(all.subscribers()).extracting(Subscriber::name).containsExactly("named", null);
            assertThat(all.subscribers().getFirst().acknowledged()).isEqualTo(revision);
            assertThat(all.revision()).isGreaterThanOrEqualTo(revision);
            assertThat(subscribers("listed?limit=1").subscribers()).hasSize(1);
        }
    }

    @Test
    void refusesAcknowledgements() throws Exception {
        register("acknowledged", "up");
        try (Follower follower = new Follower("acknowledged", "f")) {
            long revision = follower.nextRevision();

            assertProblem(follower.tryToAcknowledge(follower.watch, "{}"), 400, "revision");
            assertProblem(follower.tryToAcknowledge(follower.watch, "{\"revision\":-1}"), 400, "revision");
            assertProblem(follower.tryToAcknowledge(follower.watch, "{\"revision\":" + (revision + 100_000) + "}"), 400,
                    "revision");
            assertProblem(follower.tryToAcknowledge(follower.watch, "{\"revison\":1}"), 400, "revison");
            assertProblem(follower.tryToAcknowledge("none", "{\"revision\":1}"), 400, "watch");
            assertThat(problem(follower.tryToAcknowledge("0000000000000000-member-1", "{\"revision\":1}")).code())
                    .isEqualTo("watch-not-found");
            assertThat(problem(follower.tryToAcknowledge("0000000000000000-member-9", "{\"revision\":1}")).code())
                    .isEqualTo("watch-not-found");
            assertThat(subscribers("acknowledged").subscribers().getFirst().acknowledged()).isZero();
        }
        assertProblem(send(json(asAdmin("/api/v1/watch"), "POST",
                "{\"services\":[{\"name\":\"a\"}],\"subscriber\":\"a b\"}")), 400, "subscriber");
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void refusesRequestsAndChangesNothing(String method, String path, String body, String field) {
        register("bad", "up");

        assertProblem(send(json(asAdmin(path("bad") + path), method, body)), 400, field);

        assertThat(instance("bad").status()).isEqualTo(InstanceStatus.UP);
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(Arguments.of("POST", "/drain?wait=5", "", "wait"),
                Arguments.of("POST", "/drain?wait=PT26S", "", "wait"),
                Arguments.of("POST", "/drain?wait=-PT1S", "", "wait"),
                Arguments.of("POST", "/drain?override=yes", "", "override"),
                Arguments.of("POST", "/drain?reason=x", "", "reason"),
                Arguments.of("POST", "/drain?override=true&reason=" + "x".repeat(201), "", "reason"),
                Arguments.of("PUT", "/status", "{}", "status"),
                Arguments.of("PUT", "/status", "{\"status\":\"UP\"}", "status"),
                Arguments.of("PUT", "/status", "{\"state\":\"up\"}", "state"));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(problem(drain("none", "")).code()).isEqualTo("instance-not-found");
        assertThat(problem(drain("none", "?override=true")).code()).isEqualTo("instance-not-found");
        assertThat(problem(send(json(asAdmin(path("none") + "/status"), "PUT", "{\"status\":\"up\"}"))).code())
                .isEqualTo("instance-not-found");
        assertProblem(send(asAdmin(SERVICES + "/none/subscribers?limit=0")), 400, "limit");
        assertProblem(send(asAdmin(SERVICES + "/none/subscribers?limit=1001")), 400, "limit");
        assertProblem(send(asAdmin(SERVICES + "/none/subscribers?limit=x")), 400, "limit");
    }

    /** Reads a stream, and acknowledges when it is told to. */
    private final class Follower implements AutoCloseable {
        private final BufferedReader lines;
        private final String watch;

        Follower(String service, @Nullable String name) throws IOException, InterruptedException {
            String body = "{\"services\":[{\"namespace\":\"drain-api-test\",\"name\":\"" + service + "\"}]"
                    + (name == null ? "}" : ",\"subscriber\":\"" + name + "\"}");
            var response = HttpClient.newHttpClient().send(json(asAdmin("/api/v1/watch"), "POST", body).build(),
                    BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            watch = response.headers().firstValue("Roster-Watch").orElseThrow();
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        long nextRevision() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("id: ")) {
                line = lines.readLine();
            }
            return Long.parseLong(line.substring(4));
        }

        void acknowledge(long revision) {
            assertThat(tryToAcknowledge(watch, "{\"revision\":" + revision + "}").statusCode()).isEqualTo(204);
        }

        HttpResponse<String> tryToAcknowledge(String id, String body) {
            return send(json(asAdmin("/api/v1/watch/" + id + "/acknowledgement"), "PUT", body));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private double drains(String outcome) {
        return meters.get("roster.registry.drains").tag("outcome", outcome).counter().count();
    }

    private ServiceSubscribers subscribers(String service) {
        String[] parts = service.split("\\?", 2);
        return read(send(asAdmin(SERVICES + "/" + parts[0] + "/subscribers"
                + (parts.length == 1 ? "" : "?" + parts[1]))), ServiceSubscribers.class);
    }

    private HttpResponse<String> drain(String service, String query) {
        return send(json(asAdmin(path(service) + "/drain" + query), "POST", ""));
    }

    private Instance instance(String service) {
        return read(send(asAdmin(path(service))), Instance.class);
    }

    private void register(String service, String status) {
        HttpResponse<String> answer = send(json(asAdmin(path(service)), "PUT",
                "{\"host\":\"h\",\"port\":1,\"persistent\":true,\"status\":\"" + status + "\"}"));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private static String path(String service) {
        return SERVICES + "/" + service + "/instances/i1";
    }

    private void assertProblem(HttpResponse<String> answer, int status, String field) {
        Problem problem = problem(answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem.violations()).as(answer.body()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }
}
