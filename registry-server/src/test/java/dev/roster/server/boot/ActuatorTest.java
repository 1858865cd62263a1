package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActuatorTest extends ServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void tellsProbesTheStatusAndNothingElse(String path) {
        HttpResponse<String> response = send(get(path));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("details", "path");
        assertThat(response.body()).contains("\"status\":\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/prometheus", "/actuator/metrics", "/actuator/info",
            "/actuator/health/cluster"})
    void showsTheRestToCallersOnly(String path) {
        HttpResponse<String> stranger = send(get(path));

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(problem(stranger).code()).isEqualTo("unauthenticated");
        assertThat(send(asAdmin(path)).statusCode()).isIn(200, 404);
    }

    @Test
    void measures() {
        HttpResponse<String> response = send(asAdmin("/actuator/prometheus"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("jvm_memory_used_bytes", "http_server_requests_seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/loggers",
            "/actuator/shutdown", "/actuator/mappings", "/actuator/configprops", "/actuator/threaddump"})
    void hasNothingThatTellsOrChangesTheInside(String path) {
        HttpResponse<String> response = send(asAdmin(path));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(problem(response).code()).isEqualTo("not-found");
    }
}
