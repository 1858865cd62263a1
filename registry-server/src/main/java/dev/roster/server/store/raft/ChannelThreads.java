package dev.roster.server.store.raft;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads of Netty that end without a pause, and tell which connection was begun last by the thread that asks. Atomix 3.1.12
 * tells neither of them how to end nor anybody of a connection before its beginning is answered.
 */
final class ChannelThreads implements InvocationHandler {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final ThreadLocal<Channel> BEGUN = new ThreadLocal<>();

    private final EventLoopGroup threads;

    private ChannelThreads(EventLoopGroup threads) {
        this.threads = threads;
    }

    static EventLoopGroup of(EventLoopGroup threads) {
        return (EventLoopGroup) Proxy.newProxyInstance(EventLoopGroup.class.getClassLoader(),
                new Class<?>[]{EventLoopGroup.class}, new ChannelThreads(threads));
    }

    /** Returns the connection that this thread has begun since it asked last, or null. */
    static @Nullable Channel takeBegun() {
        Channel begun = BEGUN.get();
        BEGUN.remove();
        return begun;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("shutdownGracefully")) {
            return threads.shutdownGracefully(0, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (arguments != null && arguments.length > 0 && arguments[0] instanceof Channel begun) {
            BEGUN.set(begun);
        }
        try {
            return method.invoke(threads, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
