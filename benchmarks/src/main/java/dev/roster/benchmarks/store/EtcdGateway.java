package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.HttpCalls;
import dev.roster.benchmarks.etcd.EtcdGroup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

/** The same of etcd by its own HTTP gateway, with the client that asks our server. */
final class EtcdGateway implements Edge {

    private final HttpCalls http;
    private final AtomicLongArray leases;
    private final String value;

    EtcdGateway(EtcdGroup group, int instances, String value) {
        http = new HttpCalls(URI.create("http://127.0.0.1:" + group.clientPorts().getFirst()));
        leases = new AtomicLongArray(instances);
        this.value = base64(value);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<?> post(String path, String json) {
        return http.send(http.request("/v3/" + path, "POST", json));
    }

    @Override
    public CompletableFuture<?> publish(int item) {
        return post("kv/put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64("item-" + item), value));
    }

    @Override
    public CompletableFuture<?> read(int item) {
        return post("kv/range", "{\"key\":\"%s\",\"serializable\":true}".formatted(base64("item-" + item)));
    }

    @Override
    public CompletableFuture<?> readLinearizable(int item) {
        return post("kv/range", "{\"key\":\"%s\"}".formatted(base64("item-" + item)));
    }

    @Override
    public CompletableFuture<?> register(int instance) {
        long lease = EtcdEdge.nextLease();
        return post("lease/grant", "{\"TTL\":1800,\"ID\":%d}".formatted(lease))
                .thenCompose(_ -> post("kv/put", "{\"key\":\"%s\",\"value\":\"%s\",\"lease\":%d}"
                        .formatted(base64("instance-" + instance), value, lease)))
                .thenRun(() -> leases.set(instance, lease));
    }

    @Override
    public CompletableFuture<?> heartbeat(int instance) {
        return post("lease/keepalive", "{\"ID\":%d}".formatted(leases.get(instance)));
    }

    @Override
    public void close() {
        http.close();
    }
}
