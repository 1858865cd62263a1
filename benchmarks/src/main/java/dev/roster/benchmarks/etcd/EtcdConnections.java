package dev.roster.benchmarks.etcd;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Several connections to etcd, which calls and streams take in turn. Messages are bytes as {@link Proto} writes them. */
public final class EtcdConnections implements AutoCloseable {

    private static final int CONNECTIONS_PER_MEMBER = 4;
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private final List<ManagedChannel> channels;
    private final AtomicInteger next = new AtomicInteger();

    public EtcdConnections(List<Integer> ports) {
        channels = IntStream.range(0, CONNECTIONS_PER_MEMBER * ports.size())
                .<ManagedChannel>mapToObj(i -> NettyChannelBuilder.forAddress("127.0.0.1", ports.get(i % ports.size()))
                        .usePlaintext().maxInboundMessageSize(MAX_ANSWER_BYTES).build())
                .toList();
    }

    /** Returns a method of one question and one answer, by names of etcd's {@code rpc.proto}. */
    public static MethodDescriptor<byte[], byte[]> unary(String service, String name) {
        return method(MethodType.UNARY, service, name);
    }

    /** Returns a method whose both sides go on. */
    public static MethodDescriptor<byte[], byte[]> streaming(String service, String name) {
        return method(MethodType.BIDI_STREAMING, service, name);
    }

    /** Returns a method of one question and many answers. */
    public static MethodDescriptor<byte[], byte[]> download(String service, String name) {
        return method(MethodType.SERVER_STREAMING, service, name);
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodType type, String service, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder().setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("etcdserverpb." + service, name))
                .setRequestMarshaller(new Bytes()).setResponseMarshaller(new Bytes()).build();
    }

    public CompletableFuture<byte[]> call(MethodDescriptor<byte[], byte[]> method, Proto request) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        ClientCalls.asyncUnaryCall(channel().newCall(method, CallOptions.DEFAULT), request.toBytes(),
                observer(answer::complete, answer));
        return answer;
    }

    /**
     * Opens a stream.
     *
     * @param ended completed when etcd ends it
     * @return where questions go, one thread at a time
     */
    public StreamObserver<byte[]> open(MethodDescriptor<byte[], byte[]> method, Consumer<byte[]> answers,
            CompletableFuture<byte[]> ended) {
        return ClientCalls.asyncBidiStreamingCall(channel().newCall(method, CallOptions.DEFAULT),
                observer(answers, ended));
    }

    /** Asks once; completed when the last answer was taken. */
    public CompletableFuture<byte[]> download(MethodDescriptor<byte[], byte[]> method, Proto request,
            Consumer<byte[]> answers) {
        CompletableFuture<byte[]> ended = new CompletableFuture<>();
        ClientCalls.asyncServerStreamingCall(channel().newCall(method, CallOptions.DEFAULT), request.toBytes(),
                observer(answers, ended));
        return ended;
    }

    private ManagedChannel channel() {
        return channels.get(Math.floorMod(next.getAndIncrement(), channels.size()));
    }

    private static StreamObserver<byte[]> observer(Consumer<byte[]> answers, CompletableFuture<byte[]> ended) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] value) {
                answers.accept(value);
            }

            @Override
            public void onError(Throwable error) {
                ended.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {
                ended.complete(new byte[0]);
            }
        };
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
