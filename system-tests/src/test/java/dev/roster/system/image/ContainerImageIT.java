package dev.roster.system.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image as an operator runs it: without root, on a read-only file system, without any capability. Needs a Docker engine
 * but no registry: if the usual base image is not there, one is made from this machine.
 */
class ContainerImageIT {

    private static final String IMAGE = "roster:image-test";
    private static final String USUAL_BASE = "eclipse-temurin:25-jre";
    private static final String LOCAL_BASE = "roster-base:local";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir
    private Path folder;
    private String container;

    @BeforeAll
    static void buildImage() {
        if (!Docker.answers()) {
            System.err.println("""

                    *********************************************************************
                    **  NOT TESTED: the container image. No Docker engine answers here. **
                    *********************************************************************
                    """);
        }
        assumeTrue(Docker.answers(), "no Docker engine answers here");
        var base = Docker.run("images", "--quiet", USUAL_BASE).isEmpty() ? LOCAL_BASE : USUAL_BASE;
        if (base.equals(LOCAL_BASE)) {
            Docker.command(List.of("docker/build-local-base", LOCAL_BASE));
        }
        Docker.run("build", "--quiet", "--file", "docker/Dockerfile", "--build-arg", "BASE=" + base, "--tag", IMAGE,
                ".");
    }

    @BeforeEach
    void startContainer() {
        container = Docker.run("run", "--detach", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL",
                "--security-opt", "no-new-privileges", "--publish", "127.0.0.1::7400", IMAGE);
    }

    @AfterEach
    void removeContainer() {
        Docker.run("rm", "--force", "--volumes", container);
    }

    @Test
    void runsWithoutRootOnAReadOnlyFileSystemAndStopsInAnOrderlyWay() {
        awaitReady();

        var processes = Docker.run("top", container, "-eo", "pid,uid,cmd").lines().skip(1).map(String::strip).toList();

        assertThat(processes).singleElement().asString().matches("\\d+ +7400 +java .*");
        assertThat(Docker.run("diff", container)).as("what changed in its file system").isEmpty();

        Docker.run("stop", "--time", "60", container);

        assertThat(Docker.run("inspect", "--format", "{{.State.ExitCode}}", container))
                .as("143 is the JVM's answer to SIGTERM, 137 would be a kill").isEqualTo("143");
    }

    @Test
    void keepsWhatItAcknowledgedOverAKill() throws IOException, InterruptedException {
        awaitReady();
        var item = "/api/v1/namespaces/default/configs/greeting";
        var published = send(request(item).header("Content-Type", "application/json").PUT(
                BodyPublishers.ofString("{\"format\": \"text\", \"content\": \"hello\"}")));
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);

        Docker.run("kill", container);
        Docker.run("wait", container);
        Docker.run("start", container);
        awaitReady();

        assertThat(send(request(item)).body()).contains("\"content\":\"hello\"", "\"version\":1");
    }

    private void awaitReady() {
        await("readiness").atMost(START_LIMIT).pollInterval(Duration.ofMillis(500)).failFast(this::checkThatItRuns)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> send(request("/actuator/health/readiness")).statusCode() == 200);
    }

    private void checkThatItRuns() {
        assertThat(Docker.run("inspect", "--format", "{{.State.Running}}", container))
                .as(() -> "the container runs: " + Docker.run("logs", "--tail", "30", container)).isEqualTo("true");
    }

    private HttpRequest.Builder request(String path) throws IOException {
        // The port is another one after every start.
        var address = Docker.run("port", container, "7400/tcp").lines().findFirst().orElseThrow();
        var builder = HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(Duration.ofSeconds(10));
        return path.startsWith("/api/") ? builder.header("Authorization", basic()) : builder;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String basic() throws IOException {
        var file = folder.resolve("admin-password");
        if (Files.notExists(file)) {
            Docker.run("cp", container + ":/var/lib/roster/admin-password", file.toString());
        }
        return "Basic " + Base64.getEncoder()
                .encodeToString(("admin:" + Files.readString(file).strip()).getBytes(UTF_8));
    }
}
