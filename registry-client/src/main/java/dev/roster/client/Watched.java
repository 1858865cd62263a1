package dev.roster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A service or configuration item that is being followed. May be used by any thread; closing it ends the following.
 *
 * @param <T> the state: {@link dev.roster.api.registry.ServiceInstances} or {@link dev.roster.api.watch.ConfigState}
 */
public interface Watched<T> extends AutoCloseable {

    /** Where a state comes from. */
    enum Origin {
        /** There is no state yet. */
        NONE,
        /** From the disk, where an earlier run of the program left it; the server has not been heard yet. */
        LAST_GOOD,
        /** From the server, as fresh as the {@linkplain WatchOperations#status() stream}. */
        SERVER
    }

    /** Returns the state as far as it is known, empty while {@link #origin()} is {@link Origin#NONE}. Never blocks. */
    Optional<T> current();

    /** Returns where {@link #current()} comes from. */
    Origin origin();

    /** Returns a future of the first state that the server tells. It never fails; its stages run on the listeners' thread. */
    CompletableFuture<T> fromServer();

    /**
     * Waits until the server has told the state, and returns {@link #current()}.
     *
     * @param timeout the longest wait; when it has passed, the answer is what is known by then
     * @throws RosterRejectedException if the server refuses the stream, so that waiting is of no use
     */
    Optional<T> await(Duration timeout);

    /** Stops following. A listener may be called once more if it was just about to be. */
    @Override
    void close();
}
