package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemWriterTest {

    private final ProblemWriter writer = new ProblemWriter(new JsonMapper());
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/cluster");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void logsAnOverloadInOneLine(CapturedOutput output) throws IOException {
        writer.write(request, response, ProblemReport.of(ProblemKind.DISK_FULL, "full"),
                new IllegalStateException("full"));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(output.getAll()).contains("GET /api/v1/cluster answered 503 disk-full")
                .doesNotContain("IllegalStateException");
    }

    @Test
    void logsAFailureWithItsCause(CapturedOutput output) throws IOException {
        writer.write(request, response, ProblemReport.of(ProblemKind.INTERNAL_ERROR, "failed"),
                new IllegalStateException("a bug"));

        assertThat(output.getAll()).contains("answered 500 internal-error", "IllegalStateException: a bug");
    }

    @Test
    void saysNothingOfACallerThatHasHungUp(CapturedOutput output) throws IOException {
        writer.write(request, response, ProblemReport.of(ProblemKind.INTERNAL_ERROR, "failed"),
                new IllegalStateException("Could not write", new IOException("Connection reset by peer")));

        assertThat(output.getAll()).doesNotContain("hung up", "internal-error");
        assertThat(response.getContentAsByteArray()).isEmpty();
    }
}
