package dev.roster.spring.config;

import dev.roster.api.config.ConfigItem;
import dev.roster.api.watch.ConfigState;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ReflectionUtils;

/** A method that wants to be told of an item. Told the newest state only: at most one call waits, however fast changes come. */
final class ConfigListenerMethod implements Consumer<ConfigState> {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigListenerMethod.class);

    private final Object bean;
    private final Method method;
    private final boolean wholeItem;
    private final Executor thread;
    private final AtomicReference<@Nullable ConfigState> waiting = new AtomicReference<>();

    /**
     * Makes a listener.
     *
     * @param thread calls the method
     * @throws IllegalStateException if the method cannot be told of an item
     */
    ConfigListenerMethod(Object bean, Method method, Executor thread) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length != 1 || (parameters[0] != String.class && parameters[0] != ConfigItem.class)) {
            throw new IllegalStateException("@RosterConfigListener on " + method
                    + ": expected one parameter, of type String or ConfigItem");
        }
        this.bean = bean;
        this.method = method;
        this.wholeItem = parameters[0] == ConfigItem.class;
        this.thread = thread;
        ReflectionUtils.makeAccessible(method);
    }

    @Override
    public void accept(ConfigState state) {
        if (waiting.getAndSet(state) == null) {
            try {
                thread.execute(this::call);
            } catch (RejectedExecutionException e) {
                LOG.debug("Closed: no more calls of {}", method);
            }
        }
    }

    // The edge of the thread: the method is the application's and may throw anything.
    private void call() {
        ConfigState state = waiting.getAndSet(null);
        if (state == null) {
            return;
        }
        ConfigItem item = state.item();
        try {
            ReflectionUtils.invokeMethod(method, bean, wholeItem || item == null ? item : item.content());
        } catch (RuntimeException e) {
            LOG.error("{} failed on configuration '{}' of Roster's namespace '{}', version {}", method, state.name(),
                    state.namespace(), item == null ? "none" : item.version(), e);
        }
    }
}
