package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class OpenServerTest {

    @Test
    void servesThisMachineWithoutCredentialsButNoForeignPage(@TempDir Path directory, CapturedOutput output) {
        try (ConfigurableApplicationContext context = RosterServer.builder().run("--roster.security.enabled=false",
                "--server.port=0", "--logging.level.roster.start=info", "--roster.data-dir=" + directory)) {
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();

            assertThat(request(port, "localhost:" + port)).startsWith("HTTP/1.1 200 ")
                    .contains("\"name\":\"(anonymous)\",\"role\":\"admin\"");
            assertThat(request(port, "127.0.0.1:" + port)).startsWith("HTTP/1.1 200 ");
            assertThat(request(port, "rebound.example")).startsWith("HTTP/1.1 400 ").contains("malformed-request");
            assertThat(output).contains("Roster is ready", "security is off", "http://127.0.0.1:" + port,
                    directory.toString());
            assertThat(directory.resolve("admin-password")).doesNotExist();
        }
    }

    private static String request(int port, String host) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(("GET /api/v1/identity HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
