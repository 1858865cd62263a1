package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.ServerTest;
import dev.roster.server.security.AuditLog;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is changed, or is tried, is in the audit log with what came of it. A line may come after the answer. */
@ExtendWith(OutputCaptureExtension.class)
class AuditTest extends ServerTest {
    private static final String PASSWORD = "a password of adam";

    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    @BeforeEach
    void switchOn() {
        logging.setLogLevel(AuditLog.LOGGER, LogLevel.INFO);
    }

    @AfterEach
    void switchOff() {
        logging.setLogLevel(AuditLog.LOGGER, null);
    }

    @Test
    void writesWhatWasDone(CapturedOutput output) {
        HttpResponse<String> response = makeAdam();

        awaitLine(output, "action=user.put outcome=done caller=admin role=admin address=127.0.0.1 target.user=adam"
                + " requestId=" + response.headers().firstValue("Request-Id").orElseThrow());
        assertThat(output).doesNotContain(PASSWORD);
    }

    @Test
    void writesWhatWasForbidden(CapturedOutput output) {
        makeAdam();

        send(as(get("/api/v1/users/admin"), "adam", PASSWORD).DELETE());

        awaitLine(output, "action=user.delete outcome=forbidden caller=adam role=reader");
    }

    @Test
    void writesWhatFailed(CapturedOutput output) {
        send(asAdmin("/api/v1/users/nobody-at-all").DELETE());

        awaitLine(output, "action=user.delete outcome=user-not-found caller=admin");
    }

    @Test
    void writesLogInsThatWereRefused(CapturedOutput output) {
        send(as(get("/api/v1/identity"), "mallory outcome=done", "any password at all"));

        awaitLine(output, "action=login outcome=unauthenticated claimed=\"mallory outcome=done\" address=127.0.0.1");
    }

    @Test
    void doesNotWriteReads(CapturedOutput output) {
        String id = send(asAdmin("/api/v1/users")).headers().firstValue("Request-Id").orElseThrow();

        assertThat(output).doesNotContain(id);
    }

    private HttpResponse<String> makeAdam() {
        return send(json(asAdmin("/api/v1/users/adam"), "PUT",
                "{\"role\":\"reader\",\"password\":\"" + PASSWORD + "\"}"));
    }

    private static void awaitLine(CapturedOutput output, String line) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(output).contains(line));
    }
}
