package dev.roster.benchmarks.store;

import dev.roster.benchmarks.etcd.EtcdConnections;
import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.etcd.EtcdKeepAlives;
import dev.roster.benchmarks.etcd.EtcdMethods;
import dev.roster.benchmarks.etcd.EtcdWatch;
import dev.roster.benchmarks.etcd.Proto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Leases of etcd, one member, over gRPC. */
final class EtcdLeases implements LeaseRival {

    private final EtcdGroup group;
    private final EtcdConnections connections;
    private final EtcdKeepAlives keepAlives;

    EtcdLeases(Path directory) throws IOException {
        group = EtcdGroup.start(directory, 1);
        connections = new EtcdConnections(group.clientPorts());
        keepAlives = new EtcdKeepAlives(connections);
    }

    @Override
    public CompletableFuture<?> grant(long id, Duration ttl, String key) {
        return connections.call(EtcdMethods.GRANT, new Proto().number(1, ttl.toSeconds()).number(2, id)).thenCompose(
                _ -> connections.call(EtcdMethods.PUT, new Proto().text(1, key).number(3, id)));
    }

    @Override
    public CompletableFuture<?> keepAlive(long id) {
        return keepAlives.send(id);
    }

    @Override
    public void watchDeletions(String prefix, Consumer<String> listener) {
        EtcdWatch.open(connections, prefix, false, (deleted, keyValue) -> {
            if (deleted) {
                listener.accept(EtcdWatch.keyOf(keyValue));
            }
        }).join();
    }

    @Override
    public ProcessHandle process() {
        return group.process();
    }

    @Override
    public void close() {
        connections.close();
        group.close();
    }
}
