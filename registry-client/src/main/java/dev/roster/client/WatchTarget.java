package dev.roster.client;

import dev.roster.client.Watched.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One followed thing: its state and who listens. Guarded by the lock of {@link Subscriptions}, save for {@link #state()}.
 *
 * @param <T> the state
 */
final class WatchTarget<T> {
    private final WatchKey key;
    private final BiPredicate<T, T> same;
    private final Dispatcher dispatcher;
    private final List<Consumer<? super T>> listeners = new ArrayList<>();
    private final CompletableFuture<T> fromServer = new CompletableFuture<>();
    private volatile State<T> state = new State<>(Origin.NONE, null);
    private boolean synced;

    /**
     * A state with its origin, read together.
     *
     * @param value null exactly if there is none yet
     */
    record State<T>(Origin origin, @Nullable T value) {}

    WatchTarget(WatchKey key, BiPredicate<T, T> same, Dispatcher dispatcher) {
        this.key = key;
        this.same = same;
        this.dispatcher = dispatcher;
    }

    WatchKey key() {
        return key;
    }

    State<T> state() {
        return state;
    }

    CompletableFuture<T> fromServer() {
        return fromServer;
    }

    /** Tells whether the state is the one at the revision of the stream, so that changes can be applied to it. */
    boolean synced() {
        return synced;
    }

    void forget() {
        synced = false;
    }

    void addListener(Consumer<? super T> listener) {
        listeners.add(listener);
        T value = state.value();
        if (value != null) {
            dispatcher.dispatch(() -> listener.accept(value));
        }
    }

    /** Takes one listener away and tells whether any is left. */
    boolean removeListener(Consumer<? super T> listener) {
        listeners.remove(listener);
        return !listeners.isEmpty();
    }

    void restore(T lastGood) {
        state = new State<>(Origin.LAST_GOOD, lastGood);
    }

    /**
     * Takes a state from the server, and tells the listeners if it is another one.
     *
     * @return whether it was
     */
    boolean update(T value) {
        T before = state.value();
        state = new State<>(Origin.SERVER, value);
        synced = true;
        boolean changed = before == null || !same.test(before, value);
        if (changed) {
            for (Consumer<? super T> listener : listeners) {
                dispatcher.dispatch(() -> listener.accept(value));
            }
        }
        if (!fromServer.isDone()) {
            dispatcher.dispatch(() -> fromServer.complete(value));
        }
        return changed;
    }
}
