package dev.roster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.security.Role;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a test can do to a server. */
class RosterProcessIT {

    @Test
    void keepsItsDataWhenKilledAndStartedAgain() {
        try (RosterProcess server = RosterProcess.builder().build()) {
            server.start().awaitReady();
            server.client().configs().create("app", new PublishRequest(ConfigFormat.TEXT, "kept", null));
            long pid = server.pid();

            server.kill();
            assertThat(server.isRunning()).isFalse();
            assertThat(ProcessHandle.of(pid)).isEmpty();
            server.restart();

            assertThat(server.client().configs().get("app").content()).isEqualTo("kept");

            server.stop();
            assertThat(server.isRunning()).isFalse();
            assertThat(Files.exists(server.logFile())).isTrue();
            Path data = server.dataDirectory();
            server.close();
            assertThat(Files.exists(data)).isFalse();
        }
    }

    @Test
    void answersNothingWhilePaused() {
        try (RosterProcess server = RosterProcess.builder().build()) {
            server.start().awaitReady();
            String token = server.issueToken(Role.READER);
            try (RosterClient impatient = RosterClient.builder().address(server.address().toString())
                    .credentials(Credentials.token(token)).requestTimeout(Duration.ofMillis(500))
                    .retryFor(Duration.ZERO)
                    .build()) {
                server.pause();
                assertThat(server.isRunning()).isTrue();
                assertThatThrownBy(() -> impatient.security().identity()).isInstanceOf(RosterUnavailableException.class)
                        .hasMessageContaining("no answer in time");

                server.resume();
                await().atMost(Duration.ofSeconds(20)).until(server::isReady);
                assertThat(impatient.security().identity().name()).isEqualTo("admin");
            }
        }
    }

    @Test
    void showsTheOutputOfAServerThatDoesNotStart() {
        try (RosterProcess server = RosterProcess.builder().property("server.port", "none").build()) {
            server.start();

            assertThatThrownBy(server::awaitReady).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ended with code").hasMessageContaining("server.port");
        }
    }

    @Test
    void endsWithTheJvmThatStartedIt() throws IOException {
        Process parent = new ProcessBuilder(JavaFinder.ofThisMachine().find().toString(), "-cp",
                System.getProperty("java.class.path"), "-D" + ServerJar.PROPERTY + "=" + ServerJar.find(),
                StartsAServer.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long pid;
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            pid = Long.parseLong(output.readLine());
        }
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();

        parent.destroyForcibly();

        await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
    }

    /** Starts a server, says its process id, and waits to be killed. */
    static final class StartsAServer {
        public static void main(String[] args) throws InterruptedException {
            RosterProcess server = RosterProcess.builder().build().start();
            System.out.println(server.pid());
            Thread.currentThread().join();
        }
    }
}
