package dev.roster.benchmarks.measure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Requests in JSON by HTTP/1.1 with the client of the JDK; answers are read whole and not decoded. */
public final class HttpCalls implements AutoCloseable {

    private static final int SUCCESS = 200;
    private static final int FAILURE = 300;
    private static final int NOT_MODIFIED = 304;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    /** Makes it for a server. */
    public HttpCalls(URI base) {
        this.base = base;
    }

    /** Begins a request for something. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    /** Begins a request with a body. */
    public HttpRequest.Builder request(String path, String method, String json) {
        return request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
    }

    /** Sends a request; an answer that is no success is a failure. That nothing was modified is one. */
    public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        return client.sendAsync(built, BodyHandlers.ofByteArray()).thenApply(response -> {
            int status = response.statusCode();
            if ((status < SUCCESS || status >= FAILURE) && status != NOT_MODIFIED) {
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
