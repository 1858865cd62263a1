package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.GrayEvent;
import dev.roster.api.config.GrayRelease;
import dev.roster.api.config.GrayRelease.Status;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GrayApiTest extends ServerTest {
    private static final String NAMESPACE = "/api/v1/namespaces/gray-api";
    private static final String DOCUMENT = "\"format\":\"yaml\",\"content\":\"a: 2\\n\"";

    @Test
    void isLiveForSomeUntilSomebodyEndsIt() {
        String item = item("orders");
        HttpResponse<String> made = start(item, 1, DOCUMENT + ",\"comment\":\"faster\",\"automatic\":false,"
                + "\"minClients\":1,\"steps\":[{\"instances\":[\"i1\"],\"bake\":\"PT10S\"},"
                + "{\"labels\":{\"zone\":\"z1\"}},{\"addresses\":[\"10.0.0.0/8\"],\"percentage\":100}]");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(etag(made)).isEqualTo("\"1\"");

        HttpResponse<String> chosen = send(asAdmin(item + "?instance=i1"));
        assertThat(etag(chosen)).isEqualTo("\"2\"");
        assertThat(read(chosen, ConfigItem.class).content()).isEqualTo("a: 2\n");
        assertThat(send(asAdmin(item + "?instance=i1").header("If-None-Match", "\"2\"")).statusCode())
                .isEqualTo(304);
        assertThat(etag(send(asAdmin(item + "?instance=i2&label=zone=z1")))).isEqualTo("\"1\"");
        assertThat(etag(send(asAdmin(item)))).isEqualTo("\"1\"");

        assertThat(etag(act(item, 1, "{\"action\":\"advance\"}"))).isEqualTo("\"2\"");
        assertThat(etag(send(asAdmin(item + "?instance=i2&label=zone=z1")))).isEqualTo("\"2\"");
        act(item, 2, "{\"action\":\"advance\"}");
        assertThat(etag(send(asAdmin(item + "?address=10.1.2.3")))).isEqualTo("\"2\"");
        act(item, 3, "{\"action\":\"pause\"}");
        act(item, 4, "{\"action\":\"resume\"}");
        GrayRelease promoted = read(act(item, 5, "{\"action\":\"promote\",\"comment\":\"good\"}"),
                GrayRelease.class);

        assertThat(promoted.status()).isEqualTo(Status.PROMOTED);
        assertThat(promoted.timeline()).extracting(GrayEvent::kind).containsExactly(GrayEvent.Kind.STARTED,
                GrayEvent.Kind.ADVANCED, GrayEvent.Kind.ADVANCED, GrayEvent.Kind.PAUSED, GrayEvent.Kind.RESUMED,
                GrayEvent.Kind.PROMOTED);
        assertThat(promoted.timeline().getLast().detail()).isEqualTo("good");
        assertThat(promoted.timeline().getLast().by()).isEqualTo("admin");
        assertThat(etag(send(asAdmin(item)))).isEqualTo("\"3\"");
        assertThat(read(send(asAdmin(item + "/gray-releases/2")), GrayRelease.class)).isEqualTo(promoted);
        JsonNode listed = read(send(asAdmin(item + "/gray-releases")), JsonNode.class);
        assertThat(listed.get("items")).hasSize(1);
        JsonNode versions = read(send(asAdmin(item + "/versions")), JsonNode.class);
        assertThat(versions.get("items").valueStream().map(one -> one.get("action").asString()).toList())
                .isEqualTo(List.of("promoted", "staged", "published"));
    }

    @Test
    void rollsItselfBackByWhatTheRegistryKnows() {
        String item = item("stock");
        String instance = NAMESPACE + "/services/stock/instances/stock-1";
        send(json(asAdmin(instance), "PUT", "{\"host\":\"127.0.0.1\",\"port\":1,\"ttl\":\"P1D\","
                + "\"checks\":[{\"id\":\"self\",\"ttl\":\"PT1H\"}]}"));
        send(json(asAdmin(instance + "/checks/self"), "PUT", "{\"status\":\"passing\"}"));
        start(item, 1, DOCUMENT + ",\"steps\":[{\"percentage\":100,\"bake\":\"PT1H\"}]");
        send(json(asAdmin(NAMESPACE + "/config-reports/stock-1"), "PUT", "{\"application\":\"stock\",\"items\":"
                + "[{\"name\":\"stock\",\"fetchedVersion\":2,\"appliedVersion\":2}]}"));
        assertThat(read(send(asAdmin(item + "/gray-releases/2")), GrayRelease.class).adoption().unhealthy()).isZero();

        send(json(asAdmin(instance + "/checks/self"), "PUT", "{\"status\":\"critical\",\"output\":\"no stock\"}"));

        GrayRelease ended = Awaitility.await("it is looked at each second").atMost(PATIENCE)
                .until(() -> read(send(asAdmin(item + "/gray-releases/2")), GrayRelease.class),
                        release -> release.status() == Status.ROLLED_BACK);
        assertThat(ended.timeline().getLast().detail()).contains("1 of 1 applications that run with it are not well");
        assertThat(ended.timeline().getLast().adoption().unhealthy()).isEqualTo(1);
    }

    @Test
    void rollsItselfBackByWhatApplicationsReport() {
        String item = item("limits");
        start(item, 1, DOCUMENT + ",\"steps\":[{\"percentage\":100,\"bake\":\"PT1H\"}]");
        send(json(asAdmin(NAMESPACE + "/config-reports/limits-1"), "PUT", "{\"items\":[{\"name\":\"limits\","
                + "\"fetchedVersion\":2,\"appliedVersion\":1,\"errors\":[{\"property\":\"a\","
                + "\"message\":\"expected int\"}]}]}"));

        GrayRelease ended = Awaitility.await("it is looked at each second").atMost(PATIENCE)
                .until(() -> read(send(asAdmin(item + "/gray-releases/2")), GrayRelease.class),
                        release -> release.status() == Status.ROLLED_BACK);

        assertThat(ended.timeline().getLast().by()).isEqualTo("(automatic)");
        assertThat(ended.timeline().getLast().detail()).contains("limits-1: a: expected int");
        assertThat(ended.timeline().getLast().adoption().failed()).isEqualTo(1);
        assertThat(etag(send(asAdmin(item + "?instance=limits-1")))).isEqualTo("\"1\"");
    }

    @Test
    void refusesWhatItCannotDo() {
        String item = item("refused");
        String step = "\"steps\":[{\"instances\":[\"a\"]}]";
        assertProblem(start(item, 7, DOCUMENT + "," + step), 412, "version-mismatch");
        assertProblem(send(json(asAdmin(item + "/gray-releases"), "POST", "{" + DOCUMENT + "," + step + "}")), 428,
                "precondition-required");
        assertProblem(start(NAMESPACE + "/configs/never", 1, DOCUMENT + "," + step), 404, "config-not-found");
        assertProblem(start(item, 1, "\"format\":\"yaml\",\"content\":\"a: [\"," + step), 400,
                "invalid-document");
        assertField(start(item, 1, DOCUMENT), "steps");
        assertField(start(item, 1, DOCUMENT + ",\"steps\":[null]"), "steps[0]");
        assertField(start(item, 1, DOCUMENT + ",\"steps\":[{}]"), "steps[0].percentage");
        assertField(start(item, 1, DOCUMENT + ",\"steps\":[{\"instances\":[null]}]"), "steps[0].instances");
        assertField(start(item, 1, DOCUMENT + ",\"steps\":[{\"addresses\":[\"x\"]}]"), "steps[0].addresses");
        assertField(start(item, 1, DOCUMENT + ",\"steps\":[{\"percentage\":1,\"bake\":\"PT1S\"}]"),
                "steps[0].bake");
        assertField(start(item, 1, DOCUMENT + ",\"maxErrorPercentage\":101," + step), "maxErrorPercentage");
        assertField(start(item, 1, "\"changeSet\":1," + DOCUMENT + "," + step), "changeSet");
        assertProblem(start(item, 1, "\"changeSet\":77," + step), 404, "change-set-not-found");
        assertField(send(asAdmin(item + "?label=zone")), "label");
        assertField(send(asAdmin(item + "?address=here")), "address");
        assertField(send(asAdmin(item + "?instance=-")), "instance");
        assertField(send(json(asAdmin("/api/v1/watch"), "POST",
                "{\"configs\":[{\"name\":\"a\"}],\"client\":{\"labels\":{\"a\":null}}}")), "client.labels");
        assertThat(etag(send(asAdmin(item)))).as("nothing was changed").isEqualTo("\"1\"");
        assertProblem(send(asAdmin(item + "/gray-releases/2")), 404, "gray-release-not-found");

        start(item, 1, DOCUMENT + "," + step);
        assertProblem(start(item, 1, DOCUMENT + "," + step), 409, "gray-release-running");
        assertProblem(send(json(asAdmin(item).header("If-Match", "\"1\""), "PUT", "{" + DOCUMENT + "}")), 409,
                "gray-release-running");
        assertProblem(act(item, 4, "{\"action\":\"pause\"}"), 412, "version-mismatch");
        assertProblem(act(item, 1, "{\"action\":\"resume\"}"), 409, "conflict");
        assertField(act(item, 1, "{}"), "action");
        assertProblem(send(json(asAdmin(item + "/gray-releases/2/actions"), "POST", "{\"action\":\"abort\"}")), 428,
                "precondition-required");
        assertThat(act(item, 1, "{\"action\":\"abort\"}").statusCode()).isEqualTo(200);
    }

    private String item(String name) {
        String item = NAMESPACE + "/configs/" + name;
        send(json(asAdmin(item), "PUT", "{\"format\":\"yaml\",\"content\":\"a: 1\\n\"}"));
        return item;
    }

    private HttpResponse<String> start(String item, long version, String fields) {
        return send(json(asAdmin(item + "/gray-releases").header("If-Match", "\"" + version + "\""), "POST",
                "{" + fields + "}"));
    }

    private HttpResponse<String> act(String item, long number, String body) {
        return send(json(asAdmin(item + "/gray-releases/2/actions").header("If-Match", "\"" + number + "\""), "POST",
                body));
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("none: " + answer.body());
    }

    private void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem(answer).code()).isEqualTo(code);
    }

    private void assertField(HttpResponse<String> answer, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        Problem problem = problem(answer);
        assertThat(problem.violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }
}
