package dev.roster.system.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of the Kubernetes API as the chart's lookups need: it lists the kinds that exist and answers with the objects that a
 * test has put there. Helm finds it through the file that the environment variable {@code KUBECONFIG} names, so that a test
 * never asks the cluster of whoever runs it.
 */
final class KubernetesApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> objects = new ConcurrentHashMap<>();

    KubernetesApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            Files.writeString(kubeconfig(), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: test, user: {}}]
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    """.formatted(server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path kubeconfig() {
        var path = System.getenv("KUBECONFIG");
        if (path == null || !Path.of(path).toAbsolutePath().toString().contains("target")) {
            throw new IllegalStateException("KUBECONFIG is " + path + "; the build sets it to a file in target");
        }
        return Path.of(path);
    }

    /** Lets an object exist; the path is the one of the API, such as {@code /api/v1/namespaces/infra/secrets/demo}. */
    void put(String path, String json) {
        objects.put(path, json);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var found = switch (path) {
            case "/api/v1" -> resources("v1", "secrets", "Secret");
            case "/apis/apps/v1" -> resources("apps/v1", "statefulsets", "StatefulSet");
            default -> objects.get(path);
        };
        var body = found == null ? """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
                 "message": "%s not found"}""".formatted(path) : found;
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(found == null ? 404 : 200, 0);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    private static String resources(String version, String name, String kind) {
        return """
                {"kind": "APIResourceList", "groupVersion": "%s", "resources": [
                  {"name": "%s", "singularName": "", "namespaced": true, "kind": "%s", "verbs": ["get"]}]}"""
                .formatted(version, name, kind);
    }
}
