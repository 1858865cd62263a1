package dev.roster.benchmarks.store;

import dev.roster.benchmarks.etcd.EtcdConnections;
import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.etcd.EtcdKeepAlives;
import dev.roster.benchmarks.etcd.EtcdMethods;
import dev.roster.benchmarks.etcd.Proto;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The same of etcd by gRPC. Registering is granting a lease and putting a key with it: two calls. */
final class EtcdEdge implements Edge {

    /** Longer than it takes to warm up and measure all others. */
    private static final long TTL_SECONDS = 1800;
    private static final AtomicLong LEASES = new AtomicLong();

    private final EtcdConnections connections;
    private final EtcdClient client;
    private final EtcdKeepAlives keepAlives;
    private final AtomicLongArray leases;
    private final byte[] value;

    EtcdEdge(EtcdGroup group, int instances, String value) {
        connections = new EtcdConnections(group.clientPorts());
        client = new EtcdClient(group.clientPorts());
        keepAlives = new EtcdKeepAlives(connections);
        leases = new AtomicLongArray(instances);
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an id for a lease that nobody has. */
    static long nextLease() {
        return LEASES.incrementAndGet();
    }

    @Override
    public CompletableFuture<?> publish(int item) {
        return client.put("item-" + item, value);
    }

    @Override
    public CompletableFuture<?> read(int item) {
        return client.getLocally("item-" + item);
    }

    @Override
    public CompletableFuture<?> readLinearizable(int item) {
        return client.get("item-" + item);
    }

    @Override
    public CompletableFuture<?> register(int instance) {
        long lease = nextLease();
        return connections.call(EtcdMethods.GRANT, new Proto().number(1, TTL_SECONDS).number(2, lease))
                .thenCompose(_ -> connections.call(EtcdMethods.PUT,
                        new Proto().text(1, "instance-" + instance).bytes(2, value).number(3, lease)))
                .thenRun(() -> leases.set(instance, lease));
    }

    @Override
    public CompletableFuture<?> heartbeat(int instance) {
        return keepAlives.send(leases.get(instance));
    }

    @Override
    public void close() {
        client.close();
        connections.close();
    }
}
