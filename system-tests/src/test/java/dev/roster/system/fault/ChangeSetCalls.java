package dev.roster.system.fault;

import dev.roster.system.fault.Operation.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks servers for items and change sets of the namespace {@code default}. Never repeats a request. For use by several threads. */
final class ChangeSetCalls implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String NAMESPACE = "/api/v1/namespaces/default/";
    private static final String LINEARIZABLE = "consistency=linearizable";
    private static final int SUCCESS = 200;
    private static final int FAILURE = 300;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final String token;

    ChangeSetCalls(String token) {
        this.token = token;
    }

    /** A change set, by its id and its number. */
    record Draft(long id, long number) {}

    /** Keeps few versions of each item. */
    void keepVersions(URI member, int versions) throws IOException, InterruptedException {
        expect(send(request(member, "history-policy")
                .PUT(BodyPublishers.ofString(json.writeValueAsString(Map.of("maxVersions", versions))))));
    }

    /**
     * Makes a change set that gives items their next version.
     *
     * @param base the version that all of them have, 0 if they do not exist
     * @param content the document of each item, by its name
     */
    Draft draft(URI member, long base, Map<String, String> content) throws IOException, InterruptedException {
        JsonNode set = expect(send(request(member, "change-sets")
                .POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("title", "after version " + base))))));
        for (Map.Entry<String, String> item : content.entrySet()) {
            set = expect(send(request(member, "change-sets/" + set.get("id").asLong() + "/drafts/" + item.getKey())
                    .header("If-Match", "\"" + set.get("number").asLong() + "\"")
                    .PUT(BodyPublishers.ofString(json.writeValueAsString(Map.of("action", "publish", "baseVersion",
                            base, "format", "yaml", "content", item.getValue()))))));
        }
        return new Draft(set.get("id").asLong(), set.get("number").asLong());
    }

    /** Asks a member to publish a change set, and returns what its caller knows of it then. Never fails. */
    CompletableFuture<Result> publish(URI member, Draft draft) {
        return http.sendAsync(request(member, "change-sets/" + draft.id() + "/actions")
                .header("If-Match", "\"" + draft.number() + "\"")
                .POST(BodyPublishers.ofString("{\"action\":\"publish\"}")).build(), BodyHandlers.ofString())
                .handle((response, failure) -> {
                    if (failure != null) {
                        return Result.UNKNOWN;
                    }
                    if (response.statusCode() == SUCCESS) {
                        return Result.DONE;
                    }
                    System.out.println("answered " + response.statusCode() + " " + response.body());
                    return json.readTree(response.body()).path("outcome").asString("").equals("unknown")
                            ? Result.UNKNOWN
                            : Result.NOT_DONE;
                });
    }

    /** Tells whether a member shows that a change set is published, after everything that was acknowledged. */
    boolean isPublished(URI member, Draft draft) throws IOException, InterruptedException {
        return expect(send(request(member, "change-sets/" + draft.id() + "?" + LINEARIZABLE).GET())).get("status")
                .asString().equals("published");
    }

    /** Returns the hashes of all items as a member shows them after everything that was acknowledged, by name. */
    Map<String, ItemsSeen.Version> items(URI member) throws IOException, InterruptedException {
        return versions(send(request(member, "configs?limit=1000&" + LINEARIZABLE).GET()));
    }

    /** Returns the same as a member shows it now. */
    Map<String, ItemsSeen.Version> itemsNow(URI member) throws IOException, InterruptedException {
        return versions(send(request(member, "configs?limit=1000").GET()));
    }

    private Map<String, ItemsSeen.Version> versions(HttpResponse<String> response) throws IOException {
        Map<String, ItemsSeen.Version> versions = new TreeMap<>();
        for (JsonNode item : expect(response).get("items")) {
            versions.put(item.get("name").asString(),
                    new ItemsSeen.Version(item.get("version").asLong(), item.get("contentHash").asString()));
        }
        return versions;
    }

    private HttpRequest.Builder request(URI member, String path) {
        return HttpRequest.newBuilder(member.resolve(NAMESPACE + path)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode expect(HttpResponse<String> response) throws IOException {
        if (response.statusCode() < SUCCESS || response.statusCode() >= FAILURE) {
            throw new IOException(response + ": " + response.body());
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
