package dev.roster.benchmarks.store;

import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Leases of etcd, one member, over gRPC. Its own client keeps many leases alive by one stream, and so does this. */
final class EtcdLeases implements LeaseRival {

    private static final MethodDescriptor<byte[], byte[]> GRANT = EtcdConnections.unary("Lease", "LeaseGrant");
    private static final MethodDescriptor<byte[], byte[]> KEEP_ALIVE = EtcdConnections.streaming("Lease",
            "LeaseKeepAlive");
    private static final int STREAMS = 16;

    private final EtcdGroup group;
    private final EtcdConnections connections;
    private final List<KeepAliveStream> streams;

    EtcdLeases(Path directory) throws IOException {
        group = EtcdGroup.start(directory, 1);
        connections = new EtcdConnections(group.clientPorts());
        streams = Stream.generate(() -> new KeepAliveStream(connections)).limit(STREAMS).toList();
    }

    @Override
    public CompletableFuture<?> grant(long id, Duration ttl, String key) {
        return connections.call(GRANT, new Proto().number(1, ttl.toSeconds()).number(2, id)).thenCompose(
                _ -> connections.call(EtcdClient.PUT, new Proto().text(1, key).number(3, id)));
    }

    @Override
    public CompletableFuture<?> keepAlive(long id) {
        return streams.get((int) (id % STREAMS)).send(id);
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

    /** Answers of one stream come in the order of the questions. */
    private static final class KeepAliveStream {

        private static final int TTL = 3;

        private final Queue<CompletableFuture<?>> waiting = new ArrayDeque<>();
        private final StreamObserver<byte[]> questions;

        KeepAliveStream(EtcdConnections connections) {
            questions = connections.open(KEEP_ALIVE, this::answered, new CompletableFuture<>());
        }

        synchronized CompletableFuture<?> send(long id) {
            CompletableFuture<?> answer = new CompletableFuture<>();
            waiting.add(answer);
            questions.onNext(new Proto().number(1, id).toBytes());
            return answer;
        }

        private void answered(byte[] message) {
            CompletableFuture<?> first;
            synchronized (this) {
                first = waiting.remove();
            }
            if (ProtoReader.number(message, TTL) > 0) {
                first.complete(null);
            } else {
                first.completeExceptionally(new IllegalStateException("the lease is gone"));
            }
        }
    }
}
