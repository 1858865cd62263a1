package dev.roster.client;

import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.watch.ConfigState;
import java.util.function.Consumer;

/**
 * Follows services and configuration. However many are followed, they share one stream to one member; while it is broken,
 * the last known states stay, and the stream is resumed without loss as soon as a member answers.
 *
 * <p>All listeners are called by one thread, in the order of the changes: first with the state that is known (possibly the
 * last good one of an earlier run), then for every real change. A reconnect as such is none, and the state never goes back to
 * an older revision. A listener that is slow delays the others and, in the end, the stream; one that throws is logged.
 * All methods may be called by any thread, including that of the listeners, and none blocks.
 */
public interface WatchOperations {

    /** Most services, and most configuration items, that one client follows: what the server accepts for a stream. */
    int MAX_TARGETS = 1000;

    /**
     * Follows the instances of a service, whether or not it has any yet.
     *
     * @throws IllegalArgumentException if no service can have that name
     * @throws IllegalStateException if {@link #MAX_TARGETS} services are followed already
     */
    Watched<ServiceInstances> service(String name, Consumer<? super ServiceInstances> listener);

    /** Follows the instances of a service without being called. */
    default Watched<ServiceInstances> service(String name) {
        return service(name, state -> {});
    }

    /**
     * Follows a configuration item, whether or not it exists yet.
     *
     * @throws IllegalArgumentException if no item can have that name
     * @throws IllegalStateException if {@link #MAX_TARGETS} items are followed already
     */
    Watched<ConfigState> config(String name, Consumer<? super ConfigState> listener);

    /** Follows a configuration item without being called. */
    default Watched<ConfigState> config(String name) {
        return config(name, state -> {});
    }

    /** Returns how the stream is doing. */
    WatchStatus status();
}
