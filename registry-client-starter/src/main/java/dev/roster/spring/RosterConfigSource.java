package dev.roster.spring;

import dev.roster.api.config.ConfigItem;
import dev.roster.api.watch.ConfigState;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.Watched;
import dev.roster.client.Watched.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration items that an application imports, from its start until its end: made before there is an application
 * context, and kept for refreshes. Knows which version of each item has been loaded last, and tells when another one is
 * current. Safe for use by several threads.
 */
final class RosterConfigSource {
    private static final Duration STEP = Duration.ofMillis(100);

    private final RosterClient client;
    private final String application;
    private final RosterConfigProperties properties;
    private final long deadline;
    private final Map<String, Watched<ConfigState>> items = new ConcurrentHashMap<>();
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};

    /**
     * Begins to wait for the server.
     *
     * @param application name of the application's own item
     */
    RosterConfigSource(RosterClient client, String application, RosterConfigProperties properties) {
        this.client = client;
        this.application = application;
        this.properties = properties;
        this.deadline = System.nanoTime() + properties.timeout().toNanos();
    }

    /**
     * An item as it is to be used.
     *
     * @param origin where it comes from, never {@link Origin#NONE}
     * @param item null when there is no such item
     * @param failure why the server was not heard, null if it was
     */
    record Answer(Origin origin, @Nullable ConfigItem item, @Nullable Exception failure) {}

    private record Loaded(long version, String hash) {
        private static final Loaded NOTHING = new Loaded(0, "");

        static Loaded of(@Nullable ConfigItem item) {
            return item == null ? NOTHING : new Loaded(item.version(), item.contentHash());
        }
    }

    RosterClient client() {
        return client;
    }

    String application() {
        return application;
    }

    RosterConfigProperties properties() {
        return properties;
    }

    String namespace() {
        return client.namespace();
    }

    /**
     * Returns an item, and notes that it is loaded. Waits for the server while the application's start may; not after.
     *
     * @throws RosterConfigUnavailableException if the server was not heard and there is no last good copy
     * @throws IllegalArgumentException if no item can have that name
     */
    Answer load(String name) {
        Watched<ConfigState> item = items.computeIfAbsent(name,
                key -> client.watch().config(key, state -> onChange.run()));
        Exception failure = await(item);
        ConfigState state = item.current().orElse(null);
        if (state == null) {
            loaded.put(name, Loaded.NOTHING);
            throw new RosterConfigUnavailableException(name, namespace(), failure);
        }
        loaded.put(name, Loaded.of(state.item()));
        return new Answer(item.origin(), state.item(), failure);
    }

    /** Returns the items of which another version is current than the one that was loaded last, by name. */
    List<String> outdated() {
        return items.entrySet().stream().filter(entry -> isOutdated(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted().toList();
    }

    /** Sets what is told when an item changes, by the client's thread for listeners. It must not block. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    private boolean isOutdated(String name, Watched<ConfigState> item) {
        return item.current().map(state -> !Objects.equals(loaded.get(name), Loaded.of(state.item()))).orElse(false);
    }

    private @Nullable Exception await(Watched<ConfigState> item) {
        try {
            while (item.origin() != Origin.SERVER && System.nanoTime() < deadline) {
                item.await(STEP);
                boolean enough = item.origin() == Origin.LAST_GOOD && client.watch().status().failure() != null;
                if (enough) {
                    break;
                }
            }
        } catch (RosterRejectedException e) {
            return e;
        }
        if (item.origin() == Origin.SERVER) {
            return null;
        }
        Exception failure = client.watch().status().failure();
        return failure == null ? new IllegalStateException("no answer within " + properties.timeout()) : failure;
    }
}
