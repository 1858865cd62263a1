package dev.roster.system.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to one member, each sent once: nothing here repeats or chooses. Safe for use by several threads. */
final class HttpApi implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Longer than a member waits for the outcome of a write. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final String token;

    HttpApi(String token) {
        this.token = token;
    }

    static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /**
     * Sends a request.
     *
     * @param path below {@code /api/v1}
     * @param body JSON, empty for none
     */
    HttpResponse<String> send(URI member, String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(member.resolve("/api/v1" + path)).method(method, BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    /** Returns an answer, or nothing at all while the member does not give one. */
    JsonNode read(URI member, String path) {
        try {
            HttpResponse<String> answer = send(member, "GET", path, "");
            return answer.statusCode() == 200 ? parse(answer.body()) : JSON.missingNode();
        } catch (IOException e) {
            return JSON.missingNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JSON.missingNode();
        }
    }

    /** Returns a metric of a member, the sum of all its series; -1 while it does not answer. */
    double metric(URI member, String name) {
        try {
            HttpResponse<String> answer = http.send(request(member.resolve("/actuator/prometheus")).GET().build(),
                    BodyHandlers.ofString());
            return answer.body().lines().filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Opens a stream of changes. */
    HttpResponse<InputStream> watch(URI member, String body) throws IOException, InterruptedException {
        return http.send(request(member.resolve("/api/v1/watch")).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
