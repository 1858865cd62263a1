package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ChangedConfig;
import dev.roster.api.config.ConfigChanges;
import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRules;
import dev.roster.server.ServerTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ConfigApiTest extends ServerTest {
    private static final String CONFIGS = "/api/v1/namespaces/config-api-test/configs";

    @Autowired
    private MeterRegistry meters;

    @Test
    void publishesRollsBackAndDeletes() {
        String path = CONFIGS + "/life";

        HttpResponse<String> first = put(path, null,
                "{\"format\":\"yaml\",\"content\":\"a: 1\\n\",\"comment\":\"why\"}");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(etag(first)).isEqualTo("\"1\"");
        ConfigItem item = read(first, ConfigItem.class);
        assertThat(item.namespace()).isEqualTo("config-api-test");
        assertThat(item.name()).isEqualTo("life");
        assertThat(item.format()).isEqualTo(ConfigFormat.YAML);
        assertThat(item.content()).isEqualTo("a: 1\n");
        assertThat(item.comment()).isEqualTo("why");
        assertThat(item.publishedBy()).isEqualTo("admin");
        assertThat(item.revision()).isEqualTo(revision(first));
        assertThat(item.contentHash()).hasSize(64);

        HttpResponse<String> second = put(path, "\"1\"", "{\"format\":\"properties\",\"content\":\"a=2\"}");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(etag(second)).isEqualTo("\"2\"");
        assertThat(read(send(asAdmin(path)), ConfigItem.class)).isEqualTo(read(second, ConfigItem.class));
        assertThat(read(send(asAdmin(path + "/versions/1")), ConfigItem.class)).isEqualTo(item);

        HttpResponse<String> restored = send(json(asAdmin(path + "/rollback").header("If-Match", "\"2\""), "POST",
                "{\"toVersion\":1}"));
        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(etag(restored)).isEqualTo("\"3\"");
        assertThat(read(restored, ConfigItem.class).content()).isEqualTo("a: 1\n");

        HttpResponse<String> deleted = send(asAdmin(path).header("If-Match", "\"3\"").DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(revision(deleted)).isGreaterThan(revision(restored));
        assertProblem(send(asAdmin(path)), 404, "config-not-found");
        assertProblem(send(asAdmin(path + "/versions/4")), 404, "version-not-found");

        JsonNode history = read(send(asAdmin(path + "/versions?limit=3")), JsonNode.class);
        assertThat(history.get("items").valueStream().map(version -> version.get("version").asInt() + " "
                + version.get("action").asString())).containsExactly("4 deleted", "3 rolled_back", "2 published");
        assertThat(history.at("/items/1/restoredVersion").asInt()).isEqualTo(1);
        JsonNode rest = read(send(asAdmin(path + "/versions?limit=3&cursor=" + history.get("nextCursor").asString())),
                JsonNode.class);
        assertThat(rest.get("items").valueStream().map(version -> version.get("version").asInt())).containsExactly(1);
        assertThat(rest.has("nextCursor")).isFalse();

        HttpResponse<String> again = put(path, null, "{\"format\":\"text\",\"content\":\"x\"}");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(etag(again)).isEqualTo("\"5\"");
    }

    @Test
    void bringsADeletedItemBack() {
        String path = CONFIGS + "/undeleted";
        put(path, null, "{\"format\":\"text\",\"content\":\"x\"}");
        send(asAdmin(path).header("If-Match", "\"1\"").DELETE());

        assertUnchanged(() -> {
            assertRequired(send(json(asAdmin(path + "/undelete"), "POST", "{}")));
            assertMismatch(send(json(asAdmin(path + "/undelete").header("If-Match", "\"1\""), "POST", "{}")), 2L);
        });
        HttpResponse<String> back = send(
                json(asAdmin(path + "/undelete").header("If-Match", "\"2\""), "POST", "{\"comment\":\"oops\"}"));

        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(etag(back)).isEqualTo("\"3\"");
        assertThat(read(back, ConfigItem.class).comment()).isEqualTo("oops");
    }

    @Test
    void changesManyItemsTogether() {
        String many = "/api/v1/namespaces/config-api-many/config-changes";
        HttpResponse<String> answer = send(json(asAdmin(many), "POST", "{\"changes\":["
                + "{\"name\":\"a\",\"action\":\"publish\",\"format\":\"text\",\"content\":\"x\",\"comment\":\"why\"},"
                + "{\"name\":\"b\",\"action\":\"publish\",\"expectedVersion\":0,\"format\":\"yaml\",\"content\":\"a: 1\"}]}"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        ConfigChanges made = read(answer, ConfigChanges.class);
        assertThat(made.revision()).isEqualTo(revision(answer));
        assertThat(made.changes()).extracting(ChangedConfig::name).containsExactly("a", "b");
        assertThat(made.changes().getFirst().version().comment()).isEqualTo("why");

        assertUnchanged(() -> {
            assertProblem(send(json(asAdmin(many), "POST", "{\"changes\":["
                    + "{\"name\":\"a\",\"action\":\"delete\",\"expectedVersion\":1},"
                    + "{\"name\":\"b\",\"action\":\"roll_back\",\"expectedVersion\":2,\"toVersion\":1}]}")), 412,
                    "version-mismatch");
            assertFieldOfChange(many, "{\"name\":\"b\"}", "changes[1].action");
            assertFieldOfChange(many, "{\"action\":\"delete\"}", "changes[1].name");
            assertFieldOfChange(many, "{\"name\":\"-\",\"action\":\"delete\"}", "changes[1].name");
            assertFieldOfChange(many, "{\"name\":\"b\",\"action\":\"publish\",\"content\":\"x\"}",
                    "changes[1].format");
            assertFieldOfChange(many, "{\"name\":\"b\",\"action\":\"roll_back\"}", "changes[1].toVersion");
            assertFieldOfChange(many, "{\"name\":\"b\",\"action\":\"delete\",\"expectedVersion\":-1}",
                    "changes[1].expectedVersion");
            assertFieldOfChange(many, "null", "changes[1]");
            assertFieldOfChange(many,
                    "{\"name\":\"b\",\"action\":\"publish\",\"format\":\"json\",\"content\":\"{\"}",
                    "changes[1].content");
            assertProblem(send(json(asAdmin(many), "POST", "{}")), 400, "invalid-argument");
            assertProblem(send(json(asAdmin(many), "POST", "{\"changes\":[]}")), 400, "invalid-argument");
        });
    }

    private void assertFieldOfChange(String path, String change, String field) {
        HttpResponse<String> answer = send(json(asAdmin(path), "POST",
                "{\"changes\":[{\"name\":\"a\",\"action\":\"delete\",\"expectedVersion\":1}," + change + "]}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(problem(answer).violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }

    @Test
    void setsWhatANamespaceAsksOfItsAuthors() {
        String path = "/api/v1/namespaces/config-api-rules/publish-rules";
        assertThat(read(send(asAdmin(path)), PublishRules.class)).isEqualTo(new PublishRules(false, 1, false, 0));

        HttpResponse<String> first = send(json(asAdmin(path), "PUT", "{\"reviewRequired\":true}"));
        assertThat(etag(first)).isEqualTo("\"1\"");
        assertThat(etag(send(asAdmin(path)))).isEqualTo("\"1\"");

        assertUnchanged(() -> {
            assertProblem(put("/api/v1/namespaces/config-api-rules/configs/x", null,
                    "{\"format\":\"text\",\"content\":\"x\"}"), 409, "review-required");
            assertProblem(send(json(asAdmin(path), "PUT", "{\"reviewRequired\":false}")), 412, "version-mismatch");
            assertProblem(put(path, "\"1\"", "{}"), 400, "invalid-argument");
            assertProblem(put(path, "\"1\"", "{\"reviewRequired\":true,\"approvals\":0}"), 400, "invalid-argument");
        });
        assertThat(etag(put(path, "\"1\"", "{\"reviewRequired\":false,\"approvals\":2}"))).isEqualTo("\"2\"");
    }

    @Test
    void savesAReaderWhatItHasAlready() {
        String path = CONFIGS + "/cached";
        put(path, null, "{\"format\":\"text\",\"content\":\"x\"}");

        for (String tag : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"")) {
            HttpResponse<String> same = send(asAdmin(path).header("If-None-Match", tag));
            assertThat(same.statusCode()).as(tag).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(etag(same)).isEqualTo("\"1\"");
            assertThat(same.headers().allValues("Roster-Revision")).hasSize(1);
        }
        assertThat(send(asAdmin(path).header("If-None-Match", "\"2\"")).statusCode()).isEqualTo(200);
    }

    @Test
    void answersTheSecondTimeAsTheFirst() {
        String path = CONFIGS + "/again";
        put(path, null, "{\"format\":\"yaml\",\"content\":\"a: \\u00e4\\n\",\"comment\":\"first\"}");

        HttpResponse<String> first = send(asAdmin(path));
        double before = shared();
        HttpResponse<String> second = send(asAdmin(path));
        HttpResponse<String> third = send(asAdmin(path));

        assertThat(List.of(second.statusCode(), third.statusCode())).containsOnly(200);
        assertThat(List.of(second.body(), third.body())).containsOnly(first.body());
        assertThat(List.of(headers(second), headers(third))).containsOnly(headers(first));
        assertThat(shared()).as("answers that were there already").isGreaterThan(before);

        put(path, "\"1\"", "{\"format\":\"yaml\",\"content\":\"a: 2\\n\"}");
        assertThat(read(send(asAdmin(path)), ConfigItem.class).content()).isEqualTo("a: 2\n");
    }

    @Test
    void saysTheSecondTimeAsTheFirstThatNothingHasChanged() {
        String path = CONFIGS + "/still";
        put(path, null, "{\"format\":\"text\",\"content\":\"x\"}");
        send(asAdmin(path));

        HttpResponse<String> first = send(asAdmin(path).header("If-None-Match", "\"1\""));
        double before = shared();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> again = send(asAdmin(path).header("If-None-Match", "\"1\""));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(headers(again)).isEqualTo(headers(first));
        }
        assertThat(shared()).as("answers that were there already").isGreaterThan(before);
    }

    @Test
    void refusesTheSecondTimeAsTheFirst() {
        String path = CONFIGS + "/refused";
        put(path, null, "{\"format\":\"text\",\"content\":\"x\"}");
        assertThat(send(asAdmin(path)).statusCode()).isEqualTo(200);

        assertThat(send(asAdmin(path).header("Accept", "text/html")).statusCode()).isEqualTo(406);
        assertThat(problem(send(get(path))).code()).isEqualTo("unauthenticated");
        assertThat(send(asAdmin(path + "?secrets=nonsense")).statusCode()).isEqualTo(400);
        assertThat(send(asAdmin(path + "?consistency=nonsense")).statusCode()).isEqualTo(400);
    }

    private double shared() {
        return meters.get("roster.config.answers.shared").counter().count();
    }

    /** All but those that are different each time, and those that say how the body is framed. */
    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet()
                .removeAll(Set.of("request-id", "date", "roster-revision", "content-length", "transfer-encoding"));
        return headers;
    }

    @Test
    void demandsTheVersionThatTheAuthorHasSeen() {
        String path = CONFIGS + "/seen";
        String body = "{\"format\":\"text\",\"content\":\"x\"}";
        put(path, null, body);
        put(path, "\"1\"", body);

        assertUnchanged(() -> {
            assertRequired(put(path, null, body));
            assertRequired(send(asAdmin(path).DELETE()));
            assertRequired(send(json(asAdmin(path + "/rollback"), "POST", "{\"toVersion\":1}")));
            assertMismatch(put(path, "\"1\"", body), 2L);
            assertMismatch(put(path, "\"3\"", body), 2L);
            assertMismatch(send(json(asAdmin(path).header("If-None-Match", "*"), "PUT", body)), 2L);
            assertMismatch(send(asAdmin(path).header("If-Match", "\"1\"").DELETE()), 2L);
            assertMismatch(send(json(asAdmin(path + "/rollback").header("If-Match", "\"1\""), "POST",
                    "{\"toVersion\":1}")), 2L);
            assertMismatch(put(CONFIGS + "/never", "\"1\"", body), null);
        });
        assertThat(send(json(asAdmin(CONFIGS + "/new").header("If-None-Match", "*"), "PUT", body)).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource("badTags")
    void refusesHeadersThatNameNoVersion(String header, String value) {
        String path = CONFIGS + "/tagged";

        assertUnchanged(() -> {
            Problem problem = assertProblem(send(json(asAdmin(path).header(header, value), "PUT",
                    "{\"format\":\"text\",\"content\":\"x\"}")), 400, "invalid-argument");
            assertThat(problem.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.field()).isEqualTo(header);
                assertThat(violation.value()).isEqualTo(value);
            });
        });
    }

    static Stream<Arguments> badTags() {
        return Stream.of(Arguments.of("If-Match", "1"), Arguments.of("If-Match", "*"),
                Arguments.of("If-Match", "W/\"1\""),
                Arguments.of("If-Match", "\"0\""), Arguments.of("If-Match", "\"1\", \"2\""),
                Arguments.of("If-Match", "\"x\""), Arguments.of("If-Match", "\"9999999999999999999\""),
                Arguments.of("If-None-Match", "\"1\""));
    }

    @Test
    void refusesBothHeadersTogether() {
        assertProblem(send(json(asAdmin(CONFIGS + "/both").header("If-Match", "\"1\"").header("If-None-Match", "*"),
                "PUT", "{\"format\":\"text\",\"content\":\"x\"}")), 400, "invalid-argument");
    }

    @Test
    void saysWhereADocumentDoesNotParse() {
        String path = CONFIGS + "/flawed";

        assertUnchanged(() -> {
            Problem problem = assertProblem(put(path, null,
                    "{\"format\":\"yaml\",\"content\":\"server:\\n  port: 1\\n  port: 2\\n\"}"), 400,
                    "invalid-document");
            assertThat(problem.detail()).isEqualTo("Line 3, column 3: found duplicate key port");
            assertThat(problem.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.field()).isEqualTo("content");
                assertThat(violation.value()).isEqualTo("  port: 2");
                assertThat(violation.expected()).contains("YAML 1.1");
                assertThat(violation.line()).isEqualTo(3);
                assertThat(violation.column()).isEqualTo(3);
            });
            for (String format : List.of("json", "properties", "toml", "xml")) {
                assertProblem(put(path, null, "{\"format\":\"" + format + "\",\"content\":\"a=\\\\u00g0\"}"), 400,
                        "invalid-document");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void refusesABodyAndChangesNothing(String body, String code, String field, String value, String expected) {
        assertUnchanged(() -> {
            Problem problem = assertProblem(put(CONFIGS + "/bad", null, body), 400, code);
            assertThat(problem.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.field()).isEqualTo(field);
                assertThat(violation.value()).isEqualTo(value);
                assertThat(violation.expected()).contains(expected);
            });
        });
    }

    static Stream<Arguments> badBodies() {
        String invalid = "invalid-argument";
        String large = "x".repeat(1024 * 1024 + 1);
        return Stream.of( //
                Arguments.of("{\"format\":\"yaml\",\"content\":", "malformed-json", "body", null, "RFC 8259"),
                Arguments.of("{\"content\":\"x\"}", invalid, "format", null, "yaml, properties, json, toml, xml, text"),
                Arguments.of("{\"format\":\"ini\",\"content\":\"x\"}", invalid, "format", "ini", "yaml"),
                Arguments.of("{\"format\":\"yaml\"}", invalid, "content", null, "document"),
                Arguments.of("{\"format\":\"yaml\",\"content\":{}}", invalid, "content", null, "string"),
                Arguments.of("{\"format\":\"yaml\",\"content\":\"a: 1\",\"note\":\"x\"}", invalid, "note", null,
                        "comment, content, format"),
                Arguments.of("{\"format\":\"text\",\"content\":\"x\",\"comment\":\"" + "c".repeat(501) + "\"}", invalid,
                        "comment", "c".repeat(99) + "…", "500"),
                Arguments.of("{\"format\":\"text\",\"content\":\"" + large + "\"}", invalid, "content",
                        "1048577 characters", "1048576 bytes"));
    }

    @Test
    void refusesNames() {
        String body = "{\"format\":\"text\",\"content\":\"x\"}";

        assertUnchanged(() -> {
            for (String name : List.of("-x", "%20", "n".repeat(129), "a:b")) {
                Problem problem = assertProblem(put(CONFIGS + "/" + name, null, body), 400, "invalid-argument");
                assertThat(problem.violations()).singleElement()
                        .satisfies(violation -> assertThat(violation.field()).isEqualTo("item"));
            }
        });
    }

    @Test
    void refusesVersionsThatAreNone() {
        String path = CONFIGS + "/numbered";
        put(path, null, "{\"format\":\"text\",\"content\":\"x\"}");

        assertProblem(send(asAdmin(path + "/versions/0")), 400, "invalid-argument");
        assertProblem(send(asAdmin(path + "/versions/one")), 400, "invalid-argument");
        assertProblem(send(asAdmin(path + "/versions/2")), 404, "version-not-found");
        assertProblem(send(asAdmin(CONFIGS + "/never/versions/1")), 404, "config-not-found");
        assertProblem(send(asAdmin(CONFIGS + "/never/versions")), 404, "config-not-found");
        assertUnchanged(() -> {
            for (String version : List.of("null", "0", "-1", "\"1\"", "1.5")) {
                assertProblem(send(json(asAdmin(path + "/rollback").header("If-Match", "\"1\""), "POST",
                        "{\"toVersion\":" + version + "}")), 400, "invalid-argument");
            }
            assertProblem(send(json(asAdmin(path + "/rollback").header("If-Match", "\"1\""), "POST",
                    "{\"toVersion\":2}")), 404, "version-not-found");
            assertProblem(send(json(asAdmin(CONFIGS + "/never/rollback").header("If-Match", "\"1\""), "POST",
                    "{\"toVersion\":1}")), 404, "config-not-found");
            assertProblem(send(asAdmin(CONFIGS + "/never").header("If-Match", "\"1\"").DELETE()), 404,
                    "config-not-found");
        });
    }

    @Test
    void listsItemsWithoutContent() {
        for (String item : List.of("page-b", "page-a")) {
            put(CONFIGS + "/" + item, null, "{\"format\":\"text\",\"content\":\"secret\"}");
        }

        HttpResponse<String> answer = send(asAdmin(CONFIGS + "?prefix=page-&limit=1"));
        JsonNode page = read(answer, JsonNode.class);
        JsonNode rest = read(send(asAdmin(CONFIGS + "?prefix=page-&cursor=" + page.get("nextCursor").asString())),
                JsonNode.class);

        assertThat(page.at("/items/0/name").asString()).isEqualTo("page-a");
        assertThat(rest.at("/items/0/name").asString()).isEqualTo("page-b");
        assertThat(answer.body()).doesNotContain("secret", "\"content\"");
    }

    @Test
    void saysWhichMethodsAndMediaTypesItTakes() {
        HttpResponse<String> post = send(json(asAdmin(CONFIGS + "/x"), "POST", "{}"));
        assertProblem(post, 405, "method-not-allowed");
        assertThat(post.headers().firstValue("Allow").orElse("")).contains("DELETE").contains("GET").contains("PUT");
        assertProblem(send(asAdmin(CONFIGS + "/x").header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("a: 1"))), 415, "unsupported-media-type");
    }

    private HttpResponse<String> put(String path, String ifMatch, String body) {
        HttpRequest.Builder request = json(asAdmin(path), "PUT", body);
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private void assertUnchanged(Runnable refused) {
        List<JsonNode> before = configuration();
        refused.run();
        assertThat(configuration()).isEqualTo(before);
    }

    /** Returns all that the tests of this class make. The revision of the store counts on by itself, by the audit log. */
    private List<JsonNode> configuration() {
        return Stream.of("config-api-test", "config-api-many", "config-api-rules")
                .flatMap(namespace -> Stream.of(namespace + "/configs?limit=1000", namespace + "/publish-rules"))
                .map(path -> read(send(asAdmin("/api/v1/namespaces/" + path)), JsonNode.class))
                .map(answer -> answer.path("items").isMissingNode() ? answer : answer.get("items")).toList();
    }

    private void assertRequired(HttpResponse<String> response) {
        assertThat(assertProblem(response, 428, "precondition-required").currentVersion()).isEqualTo(2);
    }

    private void assertMismatch(HttpResponse<String> response, Long current) {
        assertThat(assertProblem(response, 412, "version-mismatch").currentVersion()).isEqualTo(current);
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        Problem problem = problem(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem.code()).as(response.body()).isEqualTo(code);
        return problem;
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private static long revision(HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("Roster-Revision").orElseThrow());
    }
}
