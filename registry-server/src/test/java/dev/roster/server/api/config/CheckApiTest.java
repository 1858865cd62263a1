package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ConfigCheck;
import dev.roster.api.config.ConfigDetails;
import dev.roster.api.config.ConfigFinding;
import dev.roster.api.config.ConfigHistoryPolicy;
import dev.roster.api.config.ConfigMetadata;
import dev.roster.api.config.ConfigSchema;
import dev.roster.server.ServerTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckApiTest extends ServerTest {
    private static final String BASE = "/api/v1/namespaces/";
    private static final String METADATA = "{\"properties\":[{\"name\":\"server.port\",\"type\":\"java.lang.Integer\"}]}";
    private static final String WRONG = "{\"format\":\"yaml\",\"content\":\"a: 1\\nserver:\\n  prot: 1\\n\"}";

    private HttpResponse<String> set(String path, String body) {
        return send(asAdmin(BASE + path).header("Content-Type", "application/octet-stream").method("POST",
                BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder put(String path, String body) {
        return json(asAdmin(BASE + path), "PUT", body);
    }

    @Test
    void checksAgainstWhatTheApplicationSays() {
        ConfigMetadata known = read(set("check-1/config-metadata/orders", METADATA), ConfigMetadata.class);
        assertThat(known).isEqualTo(new ConfigMetadata("orders", 1, 1, false));

        ConfigCheck check = read(send(json(asAdmin(BASE + "check-1/configs/orders-test/check"), "POST", WRONG)),
                ConfigCheck.class);
        assertThat(check.publishable()).isTrue();
        assertThat(check.findings()).containsExactly(new ConfigFinding(ConfigFinding.Kind.UNKNOWN, 3, 3, "server.prot",
                "server.prot is unknown", "perhaps server.port"));

        set("check-1/config-metadata/orders?append=true&refuse=true", "{\"properties\":[{\"name\":\"a\"}]}");
        Problem refused = assertProblem(send(put("check-1/configs/orders", WRONG)), 400, "invalid-document");
        assertThat(refused.violations().getFirst().line()).isEqualTo(3);
        assertThat(send(asAdmin(BASE + "check-1/config-metadata/orders").DELETE()).statusCode()).isEqualTo(204);
        assertThat(read(send(asAdmin(BASE + "check-1/config-metadata/orders")), ConfigMetadata.class).number())
                .isZero();
        assertThat(send(put("check-1/configs/orders", WRONG)).statusCode()).isEqualTo(201);
        assertProblem(set("check-1/config-metadata/orders", "[]"), 400, "invalid-argument");
    }

    @Test
    void checksAgainstTheSchemaOfTheItem() {
        String schema = "{\"schema\":\"{\\\"properties\\\":{\\\"a\\\":{\\\"type\\\":\\\"string\\\"}}}\"}";

        HttpResponse<String> made = send(put("check-2/configs/orders/schema", schema));
        assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(read(send(asAdmin(BASE + "check-2/configs/orders/schema")), ConfigSchema.class).number())
                .isEqualTo(1);
        Problem refused = assertProblem(send(put("check-2/configs/orders", WRONG)), 400, "invalid-document");
        assertThat(refused.violations().getFirst().line()).isEqualTo(1);
        assertProblem(send(put("check-2/configs/orders/schema", schema)), 412, "version-mismatch");
        assertProblem(send(put("check-2/configs/orders/schema", "{\"schema\":\"{\\\"$ref\\\":\\\"http://x\\\"}\"}")
                .header("If-Match", "\"1\"")), 400, "invalid-argument");
        assertProblem(send(put("check-2/configs/orders/schema", "{}")), 400, "invalid-argument");
        assertThat(send(put("check-2/configs/orders/schema", "{\"schema\":\"\"}").header("If-Match", "\"1\""))
                .statusCode()).isEqualTo(200);
        assertThat(send(put("check-2/configs/orders", WRONG)).statusCode()).isEqualTo(201);
    }

    @Test
    void remembersWhatPeopleSayAndHowMuchToKeep() {
        ConfigDetails said = read(send(put("check-3/configs/orders/details",
                "{\"labels\":{\"team\":\"shop\"},\"owner\":\"ann\"}")), ConfigDetails.class);
        assertThat(said).isEqualTo(new ConfigDetails(Map.of("team", "shop"), "ann", null, 1));
        assertThat(read(send(asAdmin(BASE + "check-3/configs/orders/details")), ConfigDetails.class)).isEqualTo(said);
        assertProblem(send(put("check-3/configs/orders/details", "{}")), 412, "version-mismatch");
        assertProblem(send(put("check-3/configs/other/details", "{\"labels\":{\"Team\":\"x\"}}")), 400,
                "invalid-argument");

        assertThat(read(send(asAdmin(BASE + "check-3/history-policy")), ConfigHistoryPolicy.class).maxVersions())
                .isEqualTo(100);
        assertThat(read(send(put("check-3/history-policy", "{\"maxVersions\":5,\"maxAge\":\"P30D\"}")),
                ConfigHistoryPolicy.class)).isEqualTo(new ConfigHistoryPolicy(5, Duration.ofDays(30), 1));
        assertProblem(send(put("check-3/history-policy", "{\"maxVersions\":5}")), 412, "version-mismatch");
        assertProblem(send(put("check-3/history-policy", "{\"maxVersions\":1}").header("If-Match", "\"1\"")), 400,
                "invalid-argument");
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        Problem problem = problem(response);
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }
}
