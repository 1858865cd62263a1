package dev.roster.benchmarks.store;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Asks etcd by gRPC, over several connections that calls take in turn. Answers are taken whole and not decoded, which is to
 * etcd's advantage.
 */
final class EtcdClient implements Rival {

    private static final int CONNECTIONS_PER_MEMBER = 4;
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final MethodDescriptor<byte[], byte[]> PUT = method("Put");
    private static final MethodDescriptor<byte[], byte[]> RANGE = method("Range");
    private static final MethodDescriptor<byte[], byte[]> TXN = method("Txn");

    private static final int NOT_EQUAL = 3;
    private static final int VERSION = 0;
    private static final int RANGE_KEYS = 1000;

    private final List<ManagedChannel> channels;
    private final AtomicInteger next = new AtomicInteger();

    EtcdClient(List<Integer> ports) {
        channels = IntStream.range(0, CONNECTIONS_PER_MEMBER * ports.size())
                .<ManagedChannel>mapToObj(i -> NettyChannelBuilder.forAddress("127.0.0.1", ports.get(i % ports.size()))
                        .usePlaintext().maxInboundMessageSize(MAX_ANSWER_BYTES).build())
                .toList();
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return call(PUT, new Proto().text(1, key).bytes(2, value));
    }

    @Override
    public CompletableFuture<?> compareAndPut(String key, byte[] value) {
        Proto exists = new Proto().number(1, NOT_EQUAL).number(2, VERSION).text(3, key).number(4, 0);
        Proto put = new Proto().message(2, new Proto().text(1, key).bytes(2, value));
        return call(TXN, new Proto().message(1, exists).message(2, put));
    }

    @Override
    public CompletableFuture<?> get(String key) {
        return call(RANGE, new Proto().text(1, key));
    }

    @Override
    public CompletableFuture<?> getLocally(String key) {
        return call(RANGE, new Proto().text(1, key).number(7, 1));
    }

    @Override
    public CompletableFuture<?> range(String from) {
        return call(RANGE, new Proto().text(1, from).bytes(2, new byte[1]).number(3, RANGE_KEYS).number(7, 1));
    }

    private CompletableFuture<byte[]> call(MethodDescriptor<byte[], byte[]> method, Proto request) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        ManagedChannel channel = channels.get(Math.floorMod(next.getAndIncrement(), channels.size()));
        ClientCalls.asyncUnaryCall(channel.newCall(method, CallOptions.DEFAULT), request.toBytes(),
                new StreamObserver<>() {
                    @Override
                    public void onNext(byte[] value) {
                        answer.complete(value);
                    }

                    @Override
                    public void onError(Throwable error) {
                        answer.completeExceptionally(error);
                    }

                    @Override
                    public void onCompleted() {}
                });
        return answer;
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder().setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("etcdserverpb.KV", name))
                .setRequestMarshaller(new Bytes()).setResponseMarshaller(new Bytes()).build();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
