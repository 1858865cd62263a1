package dev.roster.benchmarks.etcd;

import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Opens watches of etcd, each on a stream of its own as clients of their own have them. */
public final class EtcdWatch {

    private static final MethodDescriptor<byte[], byte[]> WATCH = EtcdConnections.streaming("Watch", "Watch");
    private static final int CREATED = 3;
    private static final int EVENTS = 11;
    private static final int EVENT_TYPE = 1;
    private static final int EVENT_KEY_VALUE = 2;
    private static final int DELETE = 1;
    private static final int KEY = 1;
    private static final int VALUE = 5;

    private EtcdWatch() {}

    /** Told of changes, one at a time. */
    public interface Listener {

        /**
         * Called with a change.
         *
         * @param keyValue the bytes of an {@code mvccpb.KeyValue}
         */
        void changed(boolean deleted, byte[] keyValue);
    }

    /** Returns the key of an {@code mvccpb.KeyValue}. */
    public static String keyOf(byte[] keyValue) {
        return new String(ProtoReader.first(keyValue, KEY), StandardCharsets.UTF_8);
    }

    /** Returns the value of an {@code mvccpb.KeyValue}. */
    public static byte[] valueOf(byte[] keyValue) {
        return ProtoReader.first(keyValue, VALUE);
    }

    /**
     * Follows a key, or all keys with a prefix.
     *
     * @return completed when etcd follows
     */
    public static CompletableFuture<?> open(EtcdConnections connections, String key, boolean single,
            Listener listener) {
        CompletableFuture<byte[]> created = new CompletableFuture<>();
        StreamObserver<byte[]> questions = connections.open(WATCH, message -> {
            if (ProtoReader.number(message, CREATED) == 1) {
                created.complete(message);
            }
            for (byte[] event : ProtoReader.all(message, EVENTS)) {
                listener.changed(ProtoReader.number(event, EVENT_TYPE) == DELETE,
                        ProtoReader.first(event, EVENT_KEY_VALUE));
            }
        }, created);
        Proto create = new Proto().text(1, key);
        questions.onNext(new Proto().message(1, single ? create : create.bytes(2, endOf(key))).toBytes());
        return created;
    }

    /** The least key greater than all with an ASCII prefix. */
    private static byte[] endOf(String prefix) {
        byte[] end = prefix.getBytes(StandardCharsets.UTF_8);
        end[end.length - 1]++;
        return end;
    }
}
