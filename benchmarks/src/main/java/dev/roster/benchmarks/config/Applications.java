package dev.roster.benchmarks.config;

import dev.roster.benchmarks.measure.HttpCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Documents of many applications: what all share, with a profile and without, and two of each application. Seventy properties
 * are what an application ends up with.
 */
final class Applications {

    /** The profile that is asked for. */
    static final String PROFILE = "production";

    private static final int SHARED = 20;
    private static final int OWN = 30;

    private final int count;

    Applications(int count) {
        this.count = count;
    }

    /** Returns the name of an application. */
    static String name(int application) {
        return "service-" + application;
    }

    /** Returns all documents in YAML, by name. */
    private Map<String, String> documents() {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("application", document("shared", SHARED));
        documents.put("application-" + PROFILE, document("shared", SHARED / 2));
        for (int i = 0; i < count; i++) {
            documents.put(name(i), document(name(i), OWN));
            documents.put(name(i) + "-" + PROFILE, document(name(i) + ".pool", SHARED));
        }
        return documents;
    }

    private static String document(String root, int properties) {
        StringBuilder yaml = new StringBuilder();
        StringBuilder indentation = new StringBuilder();
        for (String part : root.split("\\.", -1)) {
            yaml.append(indentation).append(part).append(":\n");
            indentation.append("  ");
        }
        for (int i = 0; i < properties; i++) {
            yaml.append(indentation).append("property-").append(i).append(": value ").append(i).append(" of ")
                    .append(root).append('\n');
        }
        return yaml.toString();
    }

    /** Writes files as Spring Cloud Config server reads them. */
    void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> document : documents().entrySet()) {
            Files.writeString(directory.resolve(document.getKey() + ".yml"), document.getValue());
        }
    }

    /** Publishes them in the namespace {@code default} of a server of ours. */
    void publishTo(HttpCalls http) {
        documents().forEach((name, content) -> http
                .send(http.request("/api/v1/namespaces/default/configs/" + name, "PUT",
                        "{\"format\":\"yaml\",\"content\":\"" + content.replace("\n", "\\n") + "\"}"))
                .join());
    }
}
