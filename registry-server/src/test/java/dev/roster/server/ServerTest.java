package dev.roster.server;

import dev.roster.api.Problem;
import dev.roster.server.boot.RosterServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * A test against one real server that all such tests share: they extend this class without properties or beans of their
 * own, so that Spring starts it once. Requests go through a real connection. Tests use names of their own for whatever they
 * make, and don't expect to be alone.
 */
@SpringBootTest(classes = RosterServer.class, webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS)
public abstract class ServerTest {

    /** Longest that a request may take: far beyond what a busy machine needs. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Path DATA = makeDirectory();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @Autowired
    private JsonMapper json;

    private @Nullable String adminPassword;

    @DynamicPropertySource
    static void useOwnDirectory(DynamicPropertyRegistry registry) {
        registry.add("roster.data-dir", DATA::toString);
    }

    @BeforeEach
    void waitForTheFirstAdmin() {
        Path file = DATA.resolve("admin-password");
        Awaitility.await("the first admin is made on a thread of its own").atMost(PATIENCE)
                .until(() -> Files.exists(file) && send(get("/actuator/health/readiness")).statusCode() == 200);
        try {
            adminPassword = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the port of the server. */
    protected final int port() {
        return port;
    }

    /** Returns the directory of the server. */
    protected static Path dataDirectory() {
        return DATA;
    }

    /** Returns a request without credentials, to be completed; {@code GET} unless changed. */
    protected final HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    }

    /** Returns a request of the admin, to be completed; {@code GET} unless changed. */
    protected final HttpRequest.Builder asAdmin(String path) {
        return as(get(path), "admin", adminPassword());
    }

    /** Returns the password of the first admin. */
    protected final String adminPassword() {
        return java.util.Objects.requireNonNull(adminPassword);
    }

    /** Adds name and password to a request. */
    protected static HttpRequest.Builder as(HttpRequest.Builder request, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Adds a token to a request. */
    protected static HttpRequest.Builder withToken(HttpRequest.Builder request, String secret) {
        return request.header("Authorization", "Bearer " + secret);
    }

    /** Adds a method and a body of JSON to a request. */
    protected static HttpRequest.Builder json(HttpRequest.Builder request, String method, String body) {
        return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    /** Sends a request. */
    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads the body of an answer. */
    protected final <T> T read(HttpResponse<String> response, Class<T> type) {
        return json.readValue(response.body(), type);
    }

    /** Reads the body of an answer that must be a problem document, whatever its status. */
    protected final Problem problem(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("none");
        if (!type.equals("application/problem+json")) {
            throw new AssertionError(response.statusCode() + " " + type + ": " + response.body());
        }
        return read(response, Problem.class);
    }

    private static Path makeDirectory() {
        try {
            return Files.createTempDirectory("roster-server-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
