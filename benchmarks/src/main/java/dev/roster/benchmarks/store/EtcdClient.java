package dev.roster.benchmarks.store;

import dev.roster.benchmarks.etcd.EtcdConnections;
import dev.roster.benchmarks.etcd.EtcdMethods;
import dev.roster.benchmarks.etcd.Proto;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks etcd by gRPC. Answers are taken whole and not decoded, which is to etcd's advantage. */
final class EtcdClient implements Rival {

    private static final MethodDescriptor<byte[], byte[]> RANGE = EtcdConnections.unary("KV", "Range");
    private static final MethodDescriptor<byte[], byte[]> TXN = EtcdConnections.unary("KV", "Txn");

    private static final int NOT_EQUAL = 3;
    private static final int VERSION = 0;
    private static final int RANGE_KEYS = 1000;

    private final EtcdConnections connections;

    EtcdClient(List<Integer> ports) {
        connections = new EtcdConnections(ports);
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return connections.call(EtcdMethods.PUT, new Proto().text(1, key).bytes(2, value));
    }

    @Override
    public CompletableFuture<?> compareAndPut(String key, byte[] value) {
        Proto exists = new Proto().number(1, NOT_EQUAL).number(2, VERSION).text(3, key).number(4, 0);
        Proto put = new Proto().message(2, new Proto().text(1, key).bytes(2, value));
        return connections.call(TXN, new Proto().message(1, exists).message(2, put));
    }

    @Override
    public CompletableFuture<?> get(String key) {
        return connections.call(RANGE, new Proto().text(1, key));
    }

    @Override
    public CompletableFuture<?> getLocally(String key) {
        return connections.call(RANGE, new Proto().text(1, key).number(7, 1));
    }

    @Override
    public CompletableFuture<?> range(String from) {
        return connections.call(RANGE,
                new Proto().text(1, from).bytes(2, new byte[1]).number(3, RANGE_KEYS).number(7, 1));
    }

    @Override
    public void close() {
        connections.close();
    }
}
