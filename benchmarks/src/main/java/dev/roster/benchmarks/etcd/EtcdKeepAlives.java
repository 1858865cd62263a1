package dev.roster.benchmarks.etcd;

import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Keeps leases of etcd alive, many by one stream, as its own client does. */
public final class EtcdKeepAlives {

    private static final MethodDescriptor<byte[], byte[]> KEEP_ALIVE = EtcdConnections.streaming("Lease",
            "LeaseKeepAlive");
    private static final int STREAMS = 16;

    private final List<KeepAliveStream> streams;

    public EtcdKeepAlives(EtcdConnections connections) {
        streams = Stream.generate(() -> new KeepAliveStream(connections)).limit(STREAMS).toList();
    }

    /** Keeps one lease alive; fails if it is gone. */
    public CompletableFuture<?> send(long id) {
        return streams.get((int) (id % STREAMS)).send(id);
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
