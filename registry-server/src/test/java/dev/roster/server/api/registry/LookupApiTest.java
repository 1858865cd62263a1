package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.Problem;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.Protection;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.server.ServerTest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LookupApiTest extends ServerTest {
    private static final String SERVICES = "/api/v1/namespaces/lookup-api-test/services";

    @Test
    void choosesInstances() {
        register("choice", "a", "\"zone\":\"eu\",\"version\":\"1.0\",\"tags\":[\"x\",\"y\"]");
        register("choice", "b", "\"zone\":\"eu\",\"cluster\":\"blue\",\"tags\":[\"x\"],\"weight\":5");
        register("choice", "c", "\"zone\":\"us\",\"status\":\"down\",\"metadata\":{\"track\":\"blue\"}");
        put(SERVICES + "/choice/definition", "{\"selectors\":{\"blue\":\"metadata.track == blue\"}}");

        assertThat(ids("choice?zone=eu")).containsExactly("a", "b");
        assertThat(ids("choice?zone=eu&tag=x&tag=y")).containsExactly("a");
        assertThat(ids("choice?cluster=blue")).containsExactly("b");
        assertThat(ids("choice?version=1.0")).containsExactly("a");
        assertThat(ids("choice?status=down")).containsExactly("c");
        assertThat(ids("choice?healthy=true")).containsExactly("a", "b");
        assertThat(ids("choice?healthy=false")).containsExactly("a", "b", "c");
        assertThat(ids("choice?selector=blue")).containsExactly("c");
        assertThat(ids("choice?sort=-weight")).containsExactly("b", "a", "c");
        assertThat(ids("choice?filter=" + URLEncoder.encode("not healthy or cluster == blue", StandardCharsets.UTF_8)))
                .containsExactly("b", "c");
    }

    @Test
    void listsInstancesByPagesOfOneRevision() {
        for (String id : List.of("a", "b", "c")) {
            register("paged", id, "\"zone\":\"eu\"");
        }

        JsonNode first = read(send(asAdmin(SERVICES + "/paged/instances?sort=-id&limit=2")), JsonNode.class);
        register("paged", "d", "\"zone\":\"eu\"");
        JsonNode second = read(send(asAdmin(SERVICES + "/paged/instances?sort=-id&limit=2&cursor="
                + first.get("nextCursor").asString())), JsonNode.class);

        assertThat(first.at("/items/0/id").asString() + first.at("/items/1/id").asString()).isEqualTo("cb");
        assertThat(second.at("/items/0/id").asString()).isEqualTo("a");
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("revision")).isEqualTo(first.get("revision"));
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(problem(send(asAdmin(SERVICES + "/none/instances"))).code()).isEqualTo("service-not-found");
    }

    @Test
    void saysThatAServiceIsProtected() {
        register("protected", "a", "\"status\":\"up\"");
        register("protected", "b", "\"status\":\"down\"");
        register("protected", "c", "\"status\":\"draining\"");
        assertThat(ids("protected?healthy=true")).containsExactly("a");

        put(SERVICES + "/protected/definition", "{\"protectionThreshold\":0.6}");

        HttpResponse<String> answer = send(asAdmin(SERVICES + "/protected?healthy=true"));
        ServiceInstances service = read(answer, ServiceInstances.class);
        assertThat(service.instances()).extracting(Instance::id).containsExactly("a", "b");
        assertThat(service.protection()).isEqualTo(new Protection(true, 0.6, 1, 2, false));
        JsonNode list = read(send(asAdmin(SERVICES + "?prefix=protected")), JsonNode.class);
        assertThat(list.at("/items/0/protectionActive").asBoolean()).isTrue();
    }

    @Test
    void answersOnlyWhatHasChanged() {
        register("tagged", "a", "\"weight\":1");
        HttpResponse<String> first = send(asAdmin(SERVICES + "/tagged"));
        String tag = tag(first);
        register("another", "a", "\"weight\":1");

        HttpResponse<String> same = send(asAdmin(SERVICES + "/tagged").header("If-None-Match", tag));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();

        register("tagged", "a", "\"weight\":2");
        HttpResponse<String> changed = send(asAdmin(SERVICES + "/tagged").header("If-None-Match", tag));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(tag(changed)).isNotEqualTo(tag);
    }

    @Test
    void answersTheSecondTimeAsTheFirst() {
        register("again", "a", "\"weight\":1");
        String path = SERVICES + "/again?healthy=true";

        HttpResponse<String> first = send(asAdmin(path));
        double before = count(200);
        HttpResponse<String> second = send(asAdmin(path).header("Request-Id", "mine"));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(headers(second)).isEqualTo(headers(first));
        assertThat(second.headers().firstValue("Request-Id")).contains("mine");
        assertThat(send(asAdmin(path)).headers().firstValue("Request-Id").orElseThrow()).hasSize(16);
        await().untilAsserted(() -> assertThat(count(200)).isGreaterThanOrEqualTo(before + 2));
    }

    @Test
    void saysTheSecondTimeAsTheFirstThatNothingHasChanged() {
        register("still", "a", "\"weight\":1");
        String path = SERVICES + "/still?healthy=true";
        String tag = tag(send(asAdmin(path)));

        HttpResponse<String> first = send(asAdmin(path).header("If-None-Match", tag));
        double before = count(304);
        HttpResponse<String> second = send(asAdmin(path).header("If-None-Match", tag));

        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(headers(second)).isEqualTo(headers(first));
        await().untilAsserted(() -> assertThat(count(304)).isGreaterThanOrEqualTo(before + 1));
        assertThat(send(asAdmin(path).header("If-None-Match", tag.substring(2))).statusCode()).isEqualTo(304);
    }

    @Test
    void refusesTheSecondTimeAsTheFirst() {
        register("refused", "a", "\"weight\":1");
        String path = SERVICES + "/refused?healthy=true";
        assertThat(send(asAdmin(path)).statusCode()).isEqualTo(200);

        assertThat(send(asAdmin(path).header("Accept", "text/html")).statusCode()).isEqualTo(406);
        assertThat(problem(send(get(path))).code()).isEqualTo("unauthenticated");
        assertThat(problem(send(get(path).header("Authorization", "Bearer none"))).code())
                .isEqualTo("unauthenticated");
        assertThat(problem(send(get(path).header("Authorization", "none"))).code()).isEqualTo("unauthenticated");
        assertThat(problem(send(asAdmin(path).header("Authorization", "Bearer none"))).code())
                .isEqualTo("unauthenticated");
    }

    /** Returns how many requests for a service were answered with a status; each is counted a moment after its answer. */
    private double count(int status) {
        return read(send(asAdmin("/actuator/metrics/http.server.requests?tag=uri:"
                + "/api/v1/namespaces/%7Bnamespace%7D/services/%7Bservice%7D&tag=method:GET&tag=status:" + status)),
                JsonNode.class).at("/measurements/0/value").asDouble();
    }

    /** All but those that are different each time. */
    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(Set.of("request-id", "date", "roster-revision"));
        return headers;
    }

    @Test
    void waitsForAChange() {
        register("awaited", "a", "\"weight\":1");
        String tag = tag(send(asAdmin(SERVICES + "/awaited")));

        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(
                () -> send(asAdmin(SERVICES + "/awaited?wait=PT25S").header("If-None-Match", tag)));
        register("awaited", "b", "\"weight\":1");

        HttpResponse<String> answer = waiting.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer, ServiceInstances.class).instances()).hasSize(2);
    }

    @Test
    void saysThatNothingHasChangedWhenTheTimeIsOver() {
        register("quiet", "a", "\"weight\":1");
        HttpResponse<String> first = send(asAdmin(SERVICES + "/quiet?wait=PT25S"));
        assertThat(first.statusCode()).as("who has seen nothing does not wait").isEqualTo(200);

        HttpResponse<String> answer = send(
                asAdmin(SERVICES + "/quiet?wait=PT0.2S").header("If-None-Match", tag(first)));

        assertThat(answer.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void refusesParameters(String query, String field) {
        register("bad", "a", "\"weight\":1");

        for (String path : List.of("/bad?", "/bad/instances?")) {
            if (!field.equals("wait") || path.equals("/bad?")) {
                Problem problem = problem(send(asAdmin(SERVICES + path + query)));
                assertThat(problem.code()).isEqualTo("invalid-argument");
                assertThat(problem.violations()).singleElement()
                        .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
            }
        }
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(Arguments.of("healthy=yes", "healthy"), Arguments.of("healthy=", "healthy"),
                Arguments.of("status=UP", "status"), Arguments.of("sort=host", "sort"),
                Arguments.of("filter=colour", "filter"), Arguments.of("selector=none", "selector"),
                Arguments.of("zone=a&zone=b", "zone"), Arguments.of("tag=a" + "&tag=a".repeat(32), "tag"),
                Arguments.of("wait=5", "wait"), Arguments.of("wait=PT26S", "wait"),
                Arguments.of("wait=-PT1S", "wait"));
    }

    private List<String> ids(String query) {
        HttpResponse<String> answer = send(asAdmin(SERVICES + "/" + query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer, ServiceInstances.class).instances().stream().map(Instance::id).toList();
    }

    private void register(String service, String id, String more) {
        HttpResponse<String> answer = put(SERVICES + "/" + service + "/instances/" + id,
                "{\"host\":\"h\",\"port\":1,\"persistent\":true," + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private HttpResponse<String> put(String path, String body) {
        return send(json(asAdmin(path), "PUT", body));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
