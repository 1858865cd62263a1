import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The few requests that bin/roster makes of a running server, for machines without curl. Run from its source by the JDK's
 * launcher, so it uses the JDK alone.
 *
 * <pre>
 * leader URLS PASSWORD-FILES                             prints the id of the member that leads
 * prepare-samples URLS PASSWORD-FILES TOKEN-FILE FOLDER  writes a token for the samples and publishes their configuration
 * </pre>
 *
 * URLS and PASSWORD-FILES are lists with commas; the first server that answers and the first file that exists are used.
 * Exit code 1 and one line on stderr when it cannot be done.
 */
final class LauncherCalls {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern LEADER = Pattern.compile("\"leader\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern SECRET = Pattern.compile("\"secret\"\\s*:\\s*\"([^\"]+)\"");
    private static final Map<String, String> FORMATS = Map.of("yaml", "yaml", "yml", "yaml", "properties", "properties",
            "json", "json", "txt", "text");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final List<URI> servers;
    private final String authorization;

    private LauncherCalls(String urls, String passwordFiles) throws IOException, Refused {
        servers = List.of(urls.split(",")).stream().map(URI::create).toList();
        authorization = "Basic " + Base64.getEncoder()
                .encodeToString(("admin:" + password(passwordFiles)).getBytes(UTF_8));
    }

    public static void main(String[] args) throws Exception {
        try {
            var calls = new LauncherCalls(args[1], args[2]);
            switch (args[0]) {
                case "leader" -> System.out.println(calls.leader());
                case "prepare-samples" -> calls.prepareSamples(Path.of(args[3]), Path.of(args[4]));
                default -> throw new Refused("unknown command " + args[0]);
            }
        } catch (Refused e) {
            System.err.println("roster: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String password(String files) throws IOException, Refused {
        for (var file : files.split(",")) {
            var path = Path.of(file);
            if (Files.isReadable(path)) {
                return Files.readString(path).strip();
            }
        }
        throw new Refused("no admin password in " + files + ": has the server finished its first start?");
    }

    private String leader() throws Refused, InterruptedException {
        var leader = LEADER.matcher(expect(call("GET", "/api/v1/cluster", null), 200));
        if (!leader.find()) {
            throw new Refused("no member leads at this moment");
        }
        return leader.group(1);
    }

    private void prepareSamples(Path tokenFile, Path folder) throws IOException, Refused, InterruptedException {
        var answer = expect(call("POST", "/api/v1/tokens",
                "{\"description\": \"samples\", \"role\": \"application\", \"ttl\": \"P30D\"}"), 200, 201);
        var secret = SECRET.matcher(answer);
        if (!secret.find()) {
            throw new Refused("the server has answered without a token");
        }
        Files.deleteIfExists(tokenFile);
        Files.createFile(tokenFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(tokenFile, secret.group(1) + "\n");
        System.out.println("roster: the samples' token, valid for 30 days, is in " + tokenFile);
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                publish(file);
            }
        }
    }

    /** Publishes a file under its name without extension; what is published already stays as somebody may have edited it. */
    private void publish(Path file) throws IOException, Refused, InterruptedException {
        var name = file.getFileName().toString();
        var dot = name.lastIndexOf('.');
        var format = FORMATS.get(name.substring(dot + 1));
        if (format == null) {
            return;
        }
        var item = name.substring(0, dot);
        var path = "/api/v1/namespaces/default/configs/" + item;
        if (call("GET", path, null).statusCode() == 200) {
            System.out.println("roster: configuration " + item + " is there already and stays as it is");
            return;
        }
        expect(call("PUT", path, "{\"format\": \"" + format + "\", \"content\": " + quote(Files.readString(file))
                + ", \"comment\": \"first version of the sample\"}"), 200, 201);
        System.out.println("roster: configuration " + item + " published");
    }

    /** Sends a request to the first server that answers; one that has no leader counts as not answering. */
    private HttpResponse<String> call(String method, String path, String body) throws Refused, InterruptedException {
        var reason = "";
        for (var server : servers) {
            var request = HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT)
                    .header("Authorization", authorization).header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
            try {
                var response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() != 503) {
                    return response;
                }
                reason = server + " has no leader yet";
            } catch (ConnectException e) {
                reason = "nothing answers at " + server;
            } catch (IOException e) {
                reason = server + " does not answer: " + e.getMessage();
            }
        }
        throw new Refused(reason);
    }

    private static String expect(HttpResponse<String> response, Integer... statuses) throws Refused {
        if (List.of(statuses).contains(response.statusCode())) {
            return response.body();
        }
        if (response.statusCode() == 401) {
            throw new Refused("the password in the data folder is not the admin's any more");
        }
        throw new Refused(response.request().method() + " " + response.uri() + " was answered with "
                + response.statusCode() + ": " + response.body());
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (var character : text.toCharArray()) {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }
}
