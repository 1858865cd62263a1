package dev.roster.benchmarks.store;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Requests in JSON by HTTP/1.1 with the client of the JDK; answers are read whole and not decoded. */
final class HttpCalls implements AutoCloseable {

    private static final int SUCCESS = 200;
    private static final int FAILURE = 300;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    HttpCalls(URI base) {
        this.base = base;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    HttpRequest.Builder request(String path, String method, String json) {
        return request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
    }

    /** Sends a request; an answer that is no success is a failure. */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        return client.sendAsync(built, BodyHandlers.ofByteArray()).thenApply(response -> {
            if (response.statusCode() < SUCCESS || response.statusCode() >= FAILURE) {
                throw new IllegalStateException(built + " was answered " + response.statusCode() + " "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response;
        });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
