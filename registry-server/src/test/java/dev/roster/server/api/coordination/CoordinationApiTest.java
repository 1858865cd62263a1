package dev.roster.server.api.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.coordination.Barrier;
import dev.roster.api.coordination.BarrierArrival;
import dev.roster.api.coordination.BarrierPhase;
import dev.roster.api.coordination.BarrierState;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.CoordinationSession;
import dev.roster.api.coordination.Counter;
import dev.roster.api.coordination.QueueItem;
import dev.roster.api.coordination.QueueState;
import dev.roster.api.coordination.QueueTaken;
import dev.roster.api.security.IssuedToken;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Coordination as callers with curl see it. */
class CoordinationApiTest extends ServerTest {
    private static final String BASE = "/api/v1/namespaces/coordination-api-test";

    @Test
    void holdsALockByASession() {
        String session = open();

        HttpResponse<String> answer = claim("/locks/nightly/claims/job-1", session, "");
        Claim claim = read(answer, Claim.class);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(claim.held()).isTrue();
        assertThat(claim.fencingToken()).isEqualTo(claim.revision())
                .isEqualTo(Long.parseLong(answer.headers().firstValue("Roster-Revision").orElse("")));
        assertThat(put("/sessions/" + session + "/keep-alive", "").statusCode()).isEqualTo(204);
        ClaimQueue queue = read(send(asAdmin(BASE + "/locks/nightly")), ClaimQueue.class);
        assertThat(queue.claims()).containsExactly(claim);
        assertThat(queue.available()).isZero();
        assertThat(delete("/locks/nightly/claims/job-1").statusCode()).isEqualTo(204);
        assertThat(problem(delete("/locks/nightly/claims/job-1")).code()).isEqualTo("claim-not-found");
    }

    @Test
    void standsInTheQueueUntilTheHolderLeaves() {
        String first = open();
        String second = open();
        claim("/locks/queued/claims/a", first, "");
        HttpResponse<String> waiting = claim("/locks/queued/claims/b", second, "");
        assertThat(waiting.statusCode()).isEqualTo(202);
        assertThat(read(waiting, Claim.class).position()).isEqualTo(1);
        assertThat(read(waiting, Claim.class).fencingToken()).isNull();

        CompletableFuture<HttpResponse<String>> granted = CompletableFuture
                .supplyAsync(() -> claim("/locks/queued/claims/b?wait=PT25S", second, ""));
        assertThat(delete("/sessions/" + first).statusCode()).isEqualTo(204);

        assertThat(granted.join().statusCode()).isEqualTo(200);
        assertThat(read(granted.join(), Claim.class).fencingToken())
                .isEqualTo(read(waiting, Claim.class).revision());
    }

    @Test
    void refusesWhoDoesNotWait() {
        String session = open();
        claim("/locks/busy/claims/a", session, "");

        Problem problem = problem(claim("/locks/busy/claims/b", session, ",\"queue\":false"));

        assertThat(problem.code()).isEqualTo("already-held");
        assertThat(problem.status()).isEqualTo(409);
    }

    @Test
    void tellsObserversOfAnotherLeader() {
        String session = open();
        claim("/elections/chief/claims/a", session, ",\"value\":\"one\"");
        HttpResponse<String> seen = send(asAdmin(BASE + "/elections/chief"));
        String tag = seen.headers().firstValue("ETag").orElseThrow();
        assertThat(read(seen, ClaimQueue.class).claims().getFirst().value()).isEqualTo("one");
        assertThat(send(asAdmin(BASE + "/elections/chief?wait=PT0.01S").header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);

        CompletableFuture<HttpResponse<String>> other = CompletableFuture.supplyAsync(
                () -> send(asAdmin(BASE + "/elections/chief?wait=PT25S").header("If-None-Match", tag)));
        assertThat(put("/elections/chief/claims/a/value", "{\"value\":\"two\"}").statusCode()).isEqualTo(200);

        assertThat(read(other.join(), ClaimQueue.class).claims().getFirst().value()).isEqualTo("two");
    }

    @Test
    void sharesPermits() {
        String session = open();
        assertThat(claim("/semaphores/pool/claims/a", session, ",\"permits\":2,\"limit\":3").statusCode())
                .isEqualTo(200);
        assertThat(claim("/semaphores/pool/claims/b", session, ",\"permits\":2").statusCode()).isEqualTo(202);
        assertThat(problem(claim("/semaphores/pool/claims/c", session, ",\"limit\":4")).code())
                .isEqualTo("limit-mismatch");
        assertThat(problem(claim("/semaphores/none/claims/c", session, "")).code()).isEqualTo("semaphore-not-found");
        assertThat(read(put("/semaphores/pool", "{\"limit\":4}"), ClaimQueue.class).available()).isZero();
        assertThat(problem(delete("/semaphores/pool")).code()).isEqualTo("conflict");
        delete("/sessions/" + session);
        assertThat(delete("/semaphores/pool").statusCode()).isEqualTo(204);
    }

    @Test
    void counts() {
        assertThat(read(send(asAdmin(BASE + "/counters/hits")), Counter.class).value()).isZero();
        assertThat(read(post("/counters/hits/add", "{}"), Counter.class).value()).isEqualTo(1);
        assertThat(read(post("/counters/hits/add", "{\"delta\":-3}"), Counter.class).value()).isEqualTo(-2);
        assertThat(problem(put("/counters/hits", "{\"value\":5,\"expected\":1}")).code())
                .isEqualTo("counter-mismatch");
        assertThat(read(put("/counters/hits", "{\"value\":5,\"expected\":-2}"), Counter.class).value()).isEqualTo(5);
        assertThat(problem(post("/counters/hits/add", "{\"delta\":9223372036854775807}")).code()).isEqualTo("conflict");
        assertThat(delete("/counters/hits").statusCode()).isEqualTo(204);
        assertThat(read(send(asAdmin(BASE + "/counters/hits")), Counter.class).value()).isZero();
    }

    @Test
    void queues() {
        String session = open();
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture
                .supplyAsync(() -> post("/queues/mails/take?wait=PT25S", "{\"session\":\"" + session + "\"}"));
        HttpResponse<String> offered = post("/queues/mails/items", "{\"value\":\"a\",\"capacity\":1}");
        assertThat(offered.statusCode()).isEqualTo(201);

        QueueItem item = Objects.requireNonNull(read(waiting.join(), QueueTaken.class).item());

        assertThat(item.value()).isEqualTo("a");
        assertThat(item.session()).isEqualTo(session);
        assertThat(problem(post("/queues/mails/items", "{\"value\":\"b\"}")).code()).isEqualTo("queue-full");
        assertThat(read(send(asAdmin(BASE + "/queues/mails")), QueueState.class).taken()).isOne();
        assertThat(delete("/queues/mails/items/1/taking?session=" + session).statusCode()).isEqualTo(204);
        assertThat(problem(delete("/queues/mails/items/1?session=" + session)).code()).isEqualTo("claim-not-found");
        post("/queues/mails/take", "{\"session\":\"" + session + "\"}");
        assertThat(delete("/queues/mails/items/1?session=" + session).statusCode()).isEqualTo(204);
        assertThat(read(post("/queues/mails/take", "{}"), QueueTaken.class).item()).isNull();
        assertThat(delete("/queues/mails").statusCode()).isEqualTo(204);
    }

    @Test
    void letsPartiesWaitForEachOther() {
        String session = open();
        HttpResponse<String> first = claim("/barriers/load/arrivals/a", session, ",\"parties\":2");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(read(first, BarrierState.class).phase()).isEqualTo(BarrierPhase.WAITING);
        assertThat(first.body()).contains("\"phase\":\"waiting\"");
        assertThat(problem(delete("/barriers/load")).code()).isEqualTo("conflict");
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(
                () -> claim("/barriers/load/arrivals/a?wait=PT25S", session, ",\"parties\":2"));

        assertThat(claim("/barriers/load/arrivals/b", session, ",\"parties\":2").statusCode()).isEqualTo(200);

        assertThat(waiting.join().statusCode()).isEqualTo(200);
        Barrier barrier = read(send(asAdmin(BASE + "/barriers/load")), Barrier.class);
        assertThat(barrier.phase()).isEqualTo(BarrierPhase.OPEN);
        assertThat(barrier.arrivals()).extracting(BarrierArrival::arrival).containsExactly("a", "b");
        JsonNode listed = read(send(asAdmin(BASE + "/barriers?prefix=load")), JsonNode.class);
        assertThat(listed.at("/items/0/name").asString()).isEqualTo("load");
        assertThat(listed.at("/items/0/standing").asInt()).isEqualTo(2);
        assertThat(listed.has("nextCursor")).isFalse();
        assertThat(read(delete("/barriers/load/arrivals/a"), BarrierState.class).phase()).isEqualTo(BarrierPhase.OPEN);
        delete("/sessions/" + session);
        assertThat(delete("/barriers/load").statusCode()).isEqualTo(204);
        assertThat(problem(delete("/barriers/load")).code()).isEqualTo("barrier-not-found");
        assertThat(problem(send(asAdmin(BASE + "/barriers/load"))).status()).isEqualTo(404);
    }

    @Test
    void breaksABarrierWhenOneGoes() {
        String session = open();
        String other = open();
        claim("/barriers/torn/arrivals/a", session, ",\"parties\":3");
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(
                () -> claim("/barriers/torn/arrivals/b?wait=PT25S", other, ",\"parties\":3"));

        assertThat(problem(claim("/barriers/torn/arrivals/c", session, ",\"parties\":4")).code())
                .isEqualTo("parties-mismatch");
        assertThat(problem(claim("/barriers/torn/arrivals/a", other, ",\"parties\":3")).code()).isEqualTo("conflict");
        delete("/sessions/" + session);

        Problem broken = problem(waiting.join());
        assertThat(broken.code()).isEqualTo("barrier-broken");
        assertThat(broken.status()).isEqualTo(409);
        assertThat(read(send(asAdmin(BASE + "/barriers/torn?consistency=linearizable")), Barrier.class).phase())
                .isEqualTo(BarrierPhase.BROKEN);
        assertThat(problem(delete("/barriers/torn/arrivals/a")).code()).isEqualTo("claim-not-found");
        assertThat(problem(claim("/barriers/torn/arrivals/a", session, ",\"parties\":3")).code())
                .isEqualTo("session-not-found");
    }

    @Test
    void letsAnEditorBreakWhatAnotherUserHolds() {
        String application = token("application");
        String id = read(send(json(withToken(get(BASE + "/sessions"), application), "POST", "{}")),
                CoordinationSession.class).id();
        send(json(withToken(get(BASE + "/locks/foreign/claims/a"), application), "PUT",
                "{\"session\":\"" + id + "\"}"));
        assertThat(read(send(asAdmin(BASE + "/locks?prefix=foreign")), JsonNode.class).at("/items/0/held").asInt())
                .isEqualTo(1);

        assertThat(delete("/locks/foreign/claims/a").statusCode()).isEqualTo(204);
        assertThat(delete("/sessions/" + id).statusCode()).isEqualTo(204);

        assertThat(problem(send(json(withToken(get(BASE + "/sessions/" + id + "/keep-alive"), application), "PUT", "")))
                .code()).isEqualTo("session-not-found");
        assertThat(problem(send(json(withToken(get(BASE + "/semaphores/x"), application), "PUT", "{\"limit\":1}")))
                .code()).isEqualTo("forbidden");
    }

    @Test
    void listsSessions() {
        String base = BASE + "-sessions/sessions";
        for (int i = 0; i < 3; i++) {
            send(json(asAdmin(base), "POST", "{\"ttl\":\"PT1H\",\"name\":\"s" + i + "\"}"));
        }

        JsonNode first = read(send(asAdmin(base + "?limit=2")), JsonNode.class);
        JsonNode second = read(send(asAdmin(base + "?limit=2&cursor=" + first.get("nextCursor").asString())),
                JsonNode.class);

        assertThat(first.get("items")).hasSize(2);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.has("nextCursor")).isFalse();
    }

    static Stream<Arguments> refused() {
        return Stream.of(Arguments.of("POST", "/sessions", "{\"ttl\":\"PT0.5S\"}", "ttl"),
                Arguments.of("POST", "/sessions", "{\"name\":\"" + "x".repeat(129) + "\"}", "name"),
                Arguments.of("PUT", "/locks/a/claims/b", "{}", "session"),
                Arguments.of("PUT", "/locks/a/claims/b", "{\"session\":\"x\"}", "session"),
                Arguments.of("PUT", "/locks/a/claims/b?wait=PT26S", "{\"session\":\"0123456789abcdef\"}", "wait"),
                Arguments.of("PUT", "/locks/-a/claims/b", "{\"session\":\"0123456789abcdef\"}", "name"),
                Arguments.of("PUT", "/locks/a/claims/b-", "{\"session\":\"0123456789abcdef\"}", "claim"),
                Arguments.of("PUT", "/semaphores/a/claims/b", "{\"session\":\"0123456789abcdef\",\"permits\":0}",
                        "permits"),
                Arguments.of("PUT", "/semaphores/a", "{\"limit\":10001}", "limit"),
                Arguments.of("PUT", "/semaphores/a", "{}", "limit"),
                Arguments.of("PUT", "/barriers/a/arrivals/b", "{\"session\":\"0123456789abcdef\"}", "parties"),
                Arguments.of("PUT", "/barriers/a/arrivals/b", "{\"parties\":2}", "session"),
                Arguments.of("PUT", "/barriers/a/arrivals/b", "{\"session\":\"0123456789abcdef\",\"parties\":1001}",
                        "parties"),
                Arguments.of("PUT", "/barriers/a/arrivals/b?wait=PT26S",
                        "{\"session\":\"0123456789abcdef\",\"parties\":2}", "wait"),
                Arguments.of("PUT", "/barriers/a/arrivals/-b", "{\"session\":\"0123456789abcdef\",\"parties\":2}",
                        "arrival"),
                Arguments.of("DELETE", "/barriers/a-", "", "name"), //
                Arguments.of("PUT", "/counters/a", "{}", "value"),
                Arguments.of("POST", "/queues/a/items", "{}", "value"),
                Arguments.of("POST", "/queues/a/items", "{\"value\":\"x\",\"capacity\":10001}", "capacity"),
                Arguments.of("PUT", "/elections/a/claims/b/value", "{}", "value"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void namesTheFieldThatIsWrong(String method, String path, String body, String field) {
        Problem problem = problem(send(json(asAdmin(BASE + path), method, body)));

        assertThat(problem.code()).isEqualTo("invalid-argument");
        assertThat(problem.violations().getFirst().field()).isEqualTo(field);
    }

    private String open() {
        return read(send(json(asAdmin(BASE + "/sessions"), "POST", "{\"ttl\":\"PT1M\"}")), CoordinationSession.class)
                .id();
    }

    private String token(String role) {
        String user = "coordination-" + role;
        send(json(asAdmin("/api/v1/users/" + user), "PUT",
                "{\"role\":\"" + role + "\",\"password\":\"a long password of " + role + "\"}"));
        return read(send(json(as(get("/api/v1/tokens"), user, "a long password of " + role), "POST",
                "{\"description\":\"t\"}")), IssuedToken.class).secret();
    }

    private HttpResponse<String> claim(String path, String session, String fields) {
        return put(path, "{\"session\":\"" + session + "\"" + fields + "}");
    }

    private HttpResponse<String> put(String path, String body) {
        return send(json(asAdmin(BASE + path), "PUT", body));
    }

    private HttpResponse<String> post(String path, String body) {
        return send(json(asAdmin(BASE + path), "POST", body));
    }

    private HttpResponse<String> delete(String path) {
        return send(json(asAdmin(BASE + path), "DELETE", ""));
    }
}
