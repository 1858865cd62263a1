package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.HttpCalls;
import dev.roster.test.RosterProcess;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

/** A real server of ours, without security as etcd is, asked by HTTP. */
final class RosterEdge implements Edge {

    private static final String CONFIGS = "/api/v1/namespaces/default/configs/item-";
    private static final String INSTANCES = "/api/v1/namespaces/default/services/service-";

    /** A service has ten thousand instances at most; these have ten. */
    private static final int INSTANCES_OF_A_SERVICE = 10;

    private final RosterProcess process;
    private final HttpCalls http;
    private final AtomicLongArray versions;
    private final String body;

    RosterEdge(Path directory, int items, String value) {
        process = RosterProcess.builder().untunedJvm().property("roster.security.enabled", "false")
                .dataDirectory(directory).build().start().awaitReady();
        http = new HttpCalls(process.address());
        versions = new AtomicLongArray(items);
        body = "{\"format\":\"text\",\"content\":\"" + value + "\"}";
    }

    @Override
    public CompletableFuture<?> publish(int item) {
        var request = http.request(CONFIGS + item, "PUT", body);
        long seen = versions.get(item);
        if (seen > 0) {
            request.header("If-Match", "\"" + seen + "\"");
        }
        return http.send(request).thenRun(() -> versions.set(item, seen + 1));
    }

    @Override
    public CompletableFuture<?> read(int item) {
        return http.send(http.request(CONFIGS + item));
    }

    @Override
    public CompletableFuture<?> readLinearizable(int item) {
        return http.send(http.request(CONFIGS + item + "?consistency=linearizable"));
    }

    @Override
    public CompletableFuture<?> register(int instance) {
        return http
                .send(http.request(path(instance), "PUT", "{\"host\":\"10.0.0.1\",\"port\":8080,\"ttl\":\"PT30M\"}"));
    }

    @Override
    public CompletableFuture<?> heartbeat(int instance) {
        return http.send(http.request(path(instance) + "/heartbeat", "PUT", ""));
    }

    private static String path(int instance) {
        return INSTANCES + instance / INSTANCES_OF_A_SERVICE + "/instances/i" + instance;
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}
