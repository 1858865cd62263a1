package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.registry.BulkResult;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.StatusSource;
import dev.roster.server.ServerTest;
import dev.roster.server.security.AuditLog;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@ExtendWith(OutputCaptureExtension.class)
class OperatorApiTest extends ServerTest {
    private static final String NAMESPACE = "/api/v1/namespaces/operator-api-test";

    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    @BeforeEach
    void switchAuditOn() {
        logging.setLogLevel(AuditLog.LOGGER, LogLevel.INFO);
    }

    @AfterEach
    void switchAuditOff() {
        logging.setLogLevel(AuditLog.LOGGER, null);
    }

    @Test
    void overridesAndReleasesAnInstance(CapturedOutput output) {
        String path = register("orders", "i1", "10.1.0.1");

        HttpResponse<String> overridden = put(path + "/override",
                "{\"status\":\"draining\",\"weight\":0.5,\"metadata\":{\"a\":\"b\"},\"reason\":\"ticket 1\"}");

        assertThat(overridden.statusCode()).as(overridden.body()).isEqualTo(200);
        assertThat(read(overridden, BulkResult.class).changes()).singleElement().satisfies(change -> {
            assertThat(change.before().status()).isEqualTo(InstanceStatus.UP);
            assertThat(change.after()).isEqualTo(read(send(asAdmin(path)), Instance.class));
            assertThat(change.after().statusSource()).isEqualTo(StatusSource.OVERRIDDEN);
            assertThat(change.after().override().reason()).isEqualTo("ticket 1");
            assertThat(change.after().override().by()).isEqualTo("admin");
            assertThat(change.after().metadata()).containsEntry("a", "b");
        });
        Awaitility.await("the request is written down after its answer").atMost(PATIENCE)
                .untilAsserted(() -> assertThat(output).contains("action=instance.override outcome=done",
                        "action=instance.change outcome=done", "target.before=\"up, weight 1.0\"",
                        "target.after=\"draining, weight 0.5, metadata {a=b}\""));

        HttpResponse<String> released = send(asAdmin(path + "/override").DELETE());
        assertThat(read(released, BulkResult.class).changes()).hasSize(1);
        assertThat(read(send(asAdmin(path + "/override").DELETE()), BulkResult.class).changes()).isEmpty();
        assertThat(read(send(asAdmin(path)), Instance.class).override()).isNull();
        assertProblem(put(NAMESPACE + "/services/orders/instances/none/override", "{\"weight\":1}"), 404,
                "instance-not-found");
    }

    @Test
    void changesManyAfterAPreview() {
        register("bulk", "i1", "10.1.0.2");
        register("bulk", "i2", "10.1.0.3");
        String request = "{\"filter\":\"service == bulk and host == 10.1.0.3\",\"action\":\"remove\",\"preview\":%s}";

        BulkResult preview = read(post(request.formatted("true")), BulkResult.class);
        assertThat(preview.preview()).isTrue();
        assertThat(preview.changes()).singleElement().satisfies(change -> assertThat(change.after()).isNull());
        assertThat(send(asAdmin(NAMESPACE + "/services/bulk/instances/i2")).statusCode()).isEqualTo(200);

        BulkResult done = read(post(request.formatted("false")), BulkResult.class);
        assertThat(done.preview()).isFalse();
        assertThat(done.changes()).isEqualTo(preview.changes());
        assertProblem(send(asAdmin(NAMESPACE + "/services/bulk/instances/i2")), 404, "instance-not-found");
        assertThat(send(asAdmin(NAMESPACE + "/services/bulk/instances/i1")).statusCode()).isEqualTo(200);
    }

    @Test
    void maintainsAHost() {
        String path = register("hosted", "i1", "2001:db8::1");

        HttpResponse<String> begun = put(NAMESPACE + "/maintenance/2001:db8::1", "{\"reason\":\"new disk\"}");

        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(read(send(asAdmin(path)), Instance.class)).satisfies(instance -> {
            assertThat(instance.status()).isEqualTo(InstanceStatus.OUT_OF_SERVICE);
            assertThat(instance.statusSource()).isEqualTo(StatusSource.MAINTENANCE);
            assertThat(instance.maintenance().reason()).isEqualTo("new disk");
        });
        JsonNode list = read(send(asAdmin(NAMESPACE + "/maintenance")), JsonNode.class);
        assertThat(list.at("/items/0/host").asString()).isEqualTo("2001:db8::1");

        assertThat(read(send(asAdmin(NAMESPACE + "/maintenance/2001:db8::1").DELETE()), BulkResult.class).changes())
                .hasSize(1);
        assertThat(read(send(asAdmin(path)), Instance.class).status()).isEqualTo(InstanceStatus.UP);
        assertProblem(put(NAMESPACE + "/maintenance/a%20b", "{}"), 400, "invalid-argument");
    }

    @ParameterizedTest
    @MethodSource("badOverrides")
    void refusesOverrides(String body, String field) {
        String path = register("bad", "i1", "10.1.0.4");

        assertViolation(put(path + "/override", body), field);
        assertThat(read(send(asAdmin(path)), Instance.class).override()).isNull();
    }

    static Stream<Arguments> badOverrides() {
        return Stream.of(Arguments.of("{}", "status"), Arguments.of("{\"reason\":\"x\"}", "status"),
                Arguments.of("{\"status\":\"gone\"}", "status"), Arguments.of("{\"weight\":10001}", "weight"),
                Arguments.of("{\"weight\":\"1\"}", "weight"), Arguments.of("{\"metadata\":{\"a\":null}}", "metadata.a"),
                Arguments.of("{\"weight\":1,\"reason\":\"" + "x".repeat(201) + "\"}", "reason"),
                Arguments.of("{\"weight\":1,\"ttl\":\"PT1S\"}", "ttl"));
    }

    @ParameterizedTest
    @MethodSource("badActions")
    void refusesActions(String body, String field) {
        assertViolation(post(body), field);
    }

    static Stream<Arguments> badActions() {
        return Stream.of(Arguments.of("{\"action\":\"remove\"}", "filter"),
                Arguments.of("{\"filter\":\"healthy\"}", "action"),
                Arguments.of("{\"filter\":\"colour == red\",\"action\":\"remove\"}", "filter"),
                Arguments.of("{\"filter\":\"healthy\",\"action\":\"delete\"}", "action"),
                Arguments.of("{\"filter\":\"healthy\",\"action\":\"override\"}", "override"),
                Arguments.of("{\"filter\":\"healthy\",\"action\":\"override\",\"override\":{}}", "status"),
                Arguments.of("{\"filter\":\"healthy\",\"action\":\"remove\",\"override\":{\"weight\":1}}", "override"));
    }

    private String register(String service, String id, String host) {
        String path = NAMESPACE + "/services/" + service + "/instances/" + id;
        HttpResponse<String> answer = put(path, "{\"host\":\"" + host + "\",\"port\":1,\"persistent\":true}");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return path;
    }

    private HttpResponse<String> post(String body) {
        return send(json(asAdmin(NAMESPACE + "/instances/actions"), "POST", body));
    }

    private HttpResponse<String> put(String path, String body) {
        return send(json(asAdmin(path), "PUT", body));
    }

    private void assertViolation(HttpResponse<String> response, String field) {
        assertThat(assertProblem(response, 400, "invalid-argument").violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        Problem problem = problem(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem.code()).as(response.body()).isEqualTo(code);
        return problem;
    }
}
