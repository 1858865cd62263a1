package dev.roster.server.store.raft;

import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingException;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.utils.net.Address;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a member that is on its own, to itself. It opens no port: nobody else has anything to say to it, so nobody
 * can say anything.
 */
final class LocalMessaging implements ManagedMessagingService {

    private final Address self;
    private final Map<String, BiFunction<Address, byte[], CompletableFuture<byte[]>>> handlers = new ConcurrentHashMap<>();
    private volatile boolean running;

    LocalMessaging(Address self) {
        this.self = self;
    }

    @Override
    public Address address() {
        return self;
    }

    @Override
    public CompletableFuture<Void> sendAsync(Address address, String type, byte[] payload, boolean keepAlive) {
        return deliver(address, type, payload).thenApply(ignored -> null);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive) {
        return deliver(address, type, payload);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
            Executor executor) {
        return deliver(address, type, payload).thenApplyAsync(answer -> answer, executor);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
            @Nullable Duration timeout) {
        return deliver(address, type, payload);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
            @Nullable Duration timeout, Executor executor) {
        return deliver(address, type, payload).thenApplyAsync(answer -> answer, executor);
    }

    private CompletableFuture<byte[]> deliver(Address address, String type, byte[] payload) {
        var handler = handlers.get(type);
        if (!address.equals(self) || handler == null) {
            return CompletableFuture.failedFuture(new MessagingException.NoRemoteHandler());
        }
        return handler.apply(self, payload);
    }

    @Override
    public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
        handlers.put(type, (from, payload) -> CompletableFuture.supplyAsync(() -> {
            handler.accept(from, payload);
            return new byte[0];
        }, executor));
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
        handlers.put(type,
                (from, payload) -> CompletableFuture.supplyAsync(() -> handler.apply(from, payload), executor));
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
        handlers.put(type, handler);
    }

    @Override
    public void unregisterHandler(String type) {
        handlers.remove(type);
    }

    @Override
    public CompletableFuture<MessagingService> start() {
        running = true;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public CompletableFuture<Void> stop() {
        running = false;
        return CompletableFuture.completedFuture(null);
    }
}
