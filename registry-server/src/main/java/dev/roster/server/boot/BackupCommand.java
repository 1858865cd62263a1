package dev.roster.server.boot;

import dev.roster.server.cluster.BackupFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Fetches a backup from a running server, checks it from end to end, and only then gives it its name. */
final class BackupCommand {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, String> options;

    BackupCommand(Map<String, String> options) {
        this.options = options;
    }

    /** Returns what to say when it is done. */
    String run(Path file) throws IOException, OperatorCommand.Refused {
        boolean overwrite = Boolean.parseBoolean(options.getOrDefault("overwrite", "false"));
        if (Files.exists(file) && !overwrite) {
            throw new OperatorCommand.Refused(
                    file + " is there already. Give another name, or --overwrite=true to replace it.");
        }
        Path target = file.toAbsolutePath().normalize();
        // For its owner only, as all such files are: a backup holds what the cluster keeps secret.
        Path written = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".tmp");
        try {
            try (InputStream body = fetch(); OutputStream output = Files.newOutputStream(written)) {
                body.transferTo(output);
            }
            BackupFile backup = BackupFile.check(written);
            BackupFile.moveDurably(written, target);
            return "%s: revision %d of %s, %d keys, %d leases, %d bytes".formatted(file,
                    backup.contents().header().revision().value(), backup.contents().header().origin(),
                    backup.contents().keys(), backup.contents().leases(), Files.size(target));
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private InputStream fetch() throws IOException, OperatorCommand.Refused {
        String server = options.getOrDefault("url", "http://127.0.0.1:7400");
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1/cluster/backup"))
                    .header("Authorization", authorization()).build();
            HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
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
