package dev.roster.server.store.raft;

import io.atomix.cluster.messaging.MessagingConfig;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.impl.NettyMessagingService;
import io.atomix.utils.net.Address;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.Field;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Messages over TCP that give up a connection whose beginning is not answered, and end without a pause.
 *
 * <p>Atomix 3.1.12 waits for ever when a connection is accepted and then closed, reset or silent before the other side has said
 * which version it speaks: its handshake handler does not look at the end of a channel, and nothing bounds the wait. Whatever
 * is to go over that connection waits with it, without a time limit of its own, and no other connection is opened in its place:
 * a leader never speaks to that follower again, a client never asks that member again. It takes a member that is killed while
 * others connect to it, or anything in between that accepts before it knows whether there is somebody behind.
 *
 * <p>A client of Atomix that can't reach a member goes to the next one when that is a {@link SocketException}, and stays for all
 * else: it would ask a dead member for ever behind which something resets connections.
 */
final class GuardedMessaging extends NettyMessagingService {

    /** For connecting, which Atomix gives a second, certificates, and a pause of the other's JVM. */
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(3);

    private static final Field POOL = field(NettyMessagingService.class, "channelPool");
    private static final List<Field> THREADS = List.of(field(NettyMessagingService.class, "serverGroup"),
            field(NettyMessagingService.class, "clientGroup"));

    GuardedMessaging(String cluster, Address address, MessagingConfig config, Duration handshakeTimeout) {
        super(cluster, address, config);
        boundHandshakes(handshakeTimeout);
    }

    @Override
    public CompletableFuture<MessagingService> start() {
        return super.start().thenApply(started -> {
            THREADS.forEach(threads -> write(threads, ChannelThreads.of((EventLoopGroup) read(threads))));
            return started;
        });
    }

    private void write(Field field, Object value) {
        try {
            field.set(this, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        }
    }

    private Object read(Field field) {
        try {
            return field.get(this);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        }
    }

    private void boundHandshakes(Duration limit) {
        try {
            Object pool = read(POOL);
            Field factory = field(pool.getClass(), "factory");
            @SuppressWarnings("unchecked") // declared so in ChannelPool
            var open = (Function<Address, CompletableFuture<Channel>>) factory.get(pool);
            Function<Address, CompletableFuture<Channel>> bounded = to -> within(limit, to, unlessClosed(to, open));
            factory.set(pool, bounded);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        }
    }

    /** Fails as soon as the connection ends, without waiting for the limit. */
    private static CompletableFuture<Channel> unlessClosed(Address to,
            Function<Address, CompletableFuture<Channel>> open) {
        var _ = ChannelThreads.takeBegun();
        CompletableFuture<Channel> opening = open.apply(to);
        Channel begun = ChannelThreads.takeBegun();
        if (begun != null) {
            var _ = begun.closeFuture().addListener(closed -> opening.completeExceptionally(
                    new ConnectException(to + " ended the connection before it said which version it speaks")));
        }
        return opening;
    }

    /** The pool opens another connection for one that failed; one that comes too late is not needed any more. */
    private static CompletableFuture<Channel> within(Duration limit, Address to, CompletableFuture<Channel> opening) {
        CompletableFuture<Channel> bounded = new CompletableFuture<>();
        var _ = opening.whenComplete((channel, error) -> {
            if (error != null) {
                bounded.completeExceptionally(unreachable(to, error));
            } else if (!bounded.complete(channel)) {
                var _ = channel.close();
            }
        });
        return bounded.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says in the one way that Atomix understands that a member can't be reached. */
    private static Throwable unreachable(Address to, Throwable error) {
        if (error instanceof SocketException) {
            return error;
        }
        return new ConnectException(to + " can't be reached: " + error).initCause(error);
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not Atomix 3.1.12", e);
        }
    }
}
