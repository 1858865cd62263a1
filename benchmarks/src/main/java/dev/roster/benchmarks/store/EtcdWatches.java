package dev.roster.benchmarks.store;

import dev.roster.benchmarks.etcd.EtcdConnections;
import dev.roster.benchmarks.etcd.EtcdGroup;
import dev.roster.benchmarks.etcd.EtcdMethods;
import dev.roster.benchmarks.etcd.EtcdWatch;
import dev.roster.benchmarks.etcd.Proto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Watches of etcd, one member, each on a stream of its own; the streams share a few connections. */
final class EtcdWatches implements WatchRival {

    private final EtcdGroup group;
    private final EtcdConnections connections;

    EtcdWatches(Path directory) throws IOException {
        group = EtcdGroup.start(directory, 1);
        connections = new EtcdConnections(group.clientPorts());
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return connections.call(EtcdMethods.PUT, new Proto().text(1, key).bytes(2, value));
    }

    @Override
    public void watch(String key, boolean single, Consumer<byte[]> listener) {
        EtcdWatch.open(connections, key, single,
                (deleted, keyValue) -> listener.accept(EtcdWatch.valueOf(keyValue))).join();
    }

    @Override
    public void close() {
        connections.close();
        group.close();
    }
}
