package dev.roster.server.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A running server, as commands reach it: the options {@code url}, and {@code user} with {@code password-file} or
 * {@code token-file}.
 */
final class ServerConnection {
    static final List<String> OPTIONS = List.of("url", "user", "password-file", "token-file");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int SUCCESS = 2;

    private final Map<String, String> options;

    ServerConnection(Map<String, String> options) {
        this.options = options;
    }

    /** Returns what is at a path, to be closed by the caller. */
    InputStream get(String path) throws IOException, OperatorCommand.Refused {
        return call("GET", path, "");
    }

    /** Makes a request with a JSON body, if it is not empty; returns what the server answers, to be closed by the caller. */
    InputStream call(String method, String path, String json) throws IOException, OperatorCommand.Refused {
        return json.isEmpty()
                ? call(method, path, BodyPublishers.noBody(), "")
                : call(method, path, BodyPublishers.ofString(json), "application/json");
    }

    /** Makes a request with a body of bytes; returns what the server answers, to be closed by the caller. */
    InputStream send(String method, String path, byte[] body) throws IOException, OperatorCommand.Refused {
        return call(method, path, BodyPublishers.ofByteArray(body), "application/octet-stream");
    }

    private InputStream call(String method, String path, BodyPublisher publisher, String type)
            throws IOException, OperatorCommand.Refused {
        String server = options.getOrDefault("url", "http://127.0.0.1:7400");
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                    .header("Authorization", authorization()).method(method, publisher);
            if (!type.isEmpty()) {
                request.header("Content-Type", type);
            }
            HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 != SUCCESS) {
                try (InputStream body = response.body()) {
                    throw new OperatorCommand.Refused(server + " answered " + response.statusCode() + ": "
                            + new String(body.readNBytes(1000), StandardCharsets.UTF_8));
                }
            }
            return response.body();
        } catch (ConnectException e) {
            throw new OperatorCommand.Refused(
                    "No server answers at " + server + ". Start it, or give the address of another with --url=….");
        } catch (IllegalArgumentException e) {
            throw new OperatorCommand.Refused("--url=" + server + " is no address of a server: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String authorization() throws IOException, OperatorCommand.Refused {
        String tokenFile = options.get("token-file");
        if (tokenFile != null) {
            return "Bearer " + secret(tokenFile);
        }
        String pair = options.getOrDefault("user", "admin") + ":"
                + secret(options.getOrDefault("password-file", "data/admin-password"));
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String secret(String file) throws IOException, OperatorCommand.Refused {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new OperatorCommand.Refused("There is no file " + file
                    + ". Give credentials of an admin: --user=… with --password-file=…, or --token-file=….");
        }
        return Files.readString(path).strip().lines().findFirst().orElse("");
    }
}
