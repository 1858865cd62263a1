package dev.roster.client;

import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.watch.ConfigState;
import java.util.Optional;

/** The last states that the server told, kept beyond the end of the program. Safe for use by several threads; none blocks. */
interface LastGood {

    /** Returns the last known instances of a service. */
    Optional<ServiceInstances> service(WatchKey key);

    /** Returns the last known state of a configuration item. */
    Optional<ConfigState> config(WatchKey key);

    /**
     * Keeps a state.
     *
     * @param state a {@link ServiceInstances} or a {@link ConfigState}, as the key says
     */
    void put(WatchKey key, Object state);

    /** Writes what is not yet written. Blocks. */
    default void flush() {}

    /** Keeps nothing. */
    static LastGood none() {
        return new LastGood() {
            @Override
            public Optional<ServiceInstances> service(WatchKey key) {
                return Optional.empty();
            }

            @Override
            public Optional<ConfigState> config(WatchKey key) {
                return Optional.empty();
            }

            @Override
            public void put(WatchKey key, Object state) {}
        };
    }
}
